import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Account, createAccount } from '../../src/session/account.js';
import type { Session } from '../../src/session/session.js';
import { projectForStart } from '../../src/session/start-check.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { englishOf } from '../../src/words/index.js';
import { wordsOf } from '../helpers/error-words.js';
import { makeHome, type SessionHome, signedIn } from '../helpers/session-home.js';
import { createTestClock, type TestClock } from '../helpers/test-clock.js';
import { waitFor } from '../helpers/wait-for.js';

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await createSimulator().start();
});
afterAll(() => simulator.stop());

let home: SessionHome;
let session: Session;
let clock: TestClock;
let account: Account;
beforeEach(async () => {
  home = await makeHome(signedIn(simulator.url, simulator.issueSession()));
  session = home.session();
  clock = createTestClock();
  account = createAccount(session, clock.now);
  await session.ready();
});
afterEach(async () => {
  await home.remove();
  simulator.reset();
  for (const { id } of simulator.projects) {
    simulator.setProject({ id, allowed: true, balanceReadable: true, usageReadable: true });
  }
});

const asks = (part: string) => simulator.requests.filter(({ path }) => path.includes(part)).length;

describe('who and what', () => {
  test('the profile', async () => {
    expect(await account.profile()).toEqual({ id: 'usr_simulated', email: 'sam@example.com', name: 'Sam Example' });
  });

  test('projects by name, the current one marked, searched in name and id', async () => {
    const projects = await account.projects();
    expect(projects.map(({ id, current }) => [id, current])).toEqual([
      ['prj_second', false],
      ['prj_simulated', true],
    ]);
    expect((await account.projects('ANOTHER')).map(({ id }) => id)).toEqual(['prj_second']);
    expect(await account.projects('nothing like it')).toEqual([]);
  });

  test.each([
    ['an id', 'prj_second', 'prj_second'],
    ['a name in any case', 'simulated PROJECT', 'prj_simulated'],
    ['a part of a name', 'anoth', 'prj_second'],
  ])('a project by %s', async (_name, selector, id) => {
    expect(await account.findProject(selector)).toMatchObject({ id });
  });

  test.each(['project', 'nothing like it', ''])('not a project: "%s"', async (selector) => {
    await expect(account.findProject(selector)).rejects.toMatchObject({ code: 'project_unknown' });
  });

  test('an access token that was refused is renewed, and the call made again', async () => {
    simulator.expireAccessTokens();
    expect(await account.profile()).toMatchObject({ id: 'usr_simulated' });
    expect(simulator.refreshes).toBe(1);
  });

  test('a session that has ended says so', async () => {
    simulator.revoke();
    await expect(account.profile()).rejects.toMatchObject({ code: 'session_expired' });
  });

  test('a session kept without its owner gets its name', async () => {
    const file = await home.json();
    file.users.__local__ = { ...file.users.usr_1, profile: null };
    file.users.usr_simulated = { project: { active_project: 'old', active_api_keys: { old: 'k' } }, kept: 1 };
    file.active_user_id = '__local__';
    await home.replace(file);
    await session.setProject('newer');
    await account.profile();
    const { active_user_id, users } = await home.json();
    expect(active_user_id).toBe('usr_simulated');
    expect(users.__local__).toBeUndefined();
    expect(users.usr_simulated).toMatchObject({
      kept: 1,
      profile: { id: 'usr_simulated', email: 'sam@example.com' },
      session: { access_token: expect.any(String) },
      project: { active_project: 'newer', active_api_keys: { old: 'k' }, llm_proxy_bearer_token: 'local-key' },
    });
    expect(session.state).toMatchObject({ status: 'signed_in', user: { id: 'usr_simulated' } });
  });
});

describe('before the proxy starts', () => {
  const start = async () => {
    const problems: string[] = [];
    const projectId = await projectForStart(session, account, (problem) => problems.push(englishOf(problem)));
    return { projectId, problems };
  };

  test('who may use the proxy starts it', async () => {
    expect(await start()).toEqual({ projectId: 'prj_simulated', problems: [] });
  });

  test('who may not is told whom to ask', async () => {
    simulator.setProject({ id: 'prj_simulated', allowed: false });
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'project_access_denied' });
    expect(wordsOf(refused)).toMatch(/Simulated project \(prj_simulated\).*usr_simulated/);
  });

  test('a check that can not be made stops nobody, and is told', async () => {
    await session.setProject('prj_gone');
    expect(await start()).toEqual({
      projectId: 'prj_gone',
      problems: [expect.stringContaining('could not be checked')],
    });
  });

  test('being offline stops nobody either', async () => {
    const stopped = await createSimulator().start();
    const house = await makeHome(signedIn(stopped.url, stopped.issueSession(), -10));
    await stopped.stop();
    const offline = house.session();
    const problems: string[] = [];
    const projectId = await projectForStart(offline, createAccount(offline), (problem) =>
      problems.push(englishOf(problem)),
    );
    expect(projectId).toBe('prj_simulated');
    expect(problems).toEqual([expect.stringContaining('could not be reached')]);
    await house.remove();
  });

  test('without a project there is nothing to start', async () => {
    const file = await home.json();
    file.users.usr_1.project.active_project = null;
    await home.replace(file);
    session = home.session();
    await expect(start()).rejects.toMatchObject({ code: 'no_project' });
  });
});

describe('figures', () => {
  test('the balance, kept for a minute', async () => {
    const first = await account.balance();
    expect(first?.value).toMatchObject({ balanceUsd: 50, monthlyBudgetUsd: 200, autoRechargeThresholdUsd: 10 });
    clock.jump(59_000);
    expect(await account.balance()).toEqual(first);
    expect(asks('/balance')).toBe(1);
    clock.jump(2_000);
    expect((await account.balance())?.at).toBeGreaterThan(first?.at ?? 0);
    expect(asks('/balance')).toBe(2);
  });

  test('asked for many times at once, the service is asked once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => account.balance()));
    expect(asks('/balance')).toBe(1);
  });

  test('a 403 hides it, and is not asked about again soon', async () => {
    simulator.setProject({ id: 'prj_simulated', balanceReadable: false, usageReadable: false });
    expect(await account.balance()).toBeUndefined();
    expect(await account.billedUsage({ since: 0 })).toBeUndefined();
    clock.jump(600_000);
    expect(await account.balance()).toBeUndefined();
    expect(asks('/balance')).toBe(1);
    expect(session.state.status, 'and breaks nothing').toBe('signed_in');
  });

  test('an older figure is better than none, and shows its age', async () => {
    const service = await createSimulator().start();
    const env = { MESHAGENT_TOKEN: service.upstreamToken };
    const unlucky = createAccount(home.session({ env, overrides: { apiUrl: service.url } }), clock.now);
    const first = await unlucky.balance();
    await service.stop();
    clock.jump(120_000);
    expect(await unlucky.balance()).toEqual(first);
    await expect(unlucky.billedUsage({ since: 0 })).rejects.toMatchObject({ code: 'account_unavailable' });
  });

  test('a failure that never reached the service does not outlast its cause', async () => {
    await home.replace(signedIn(simulator.url, { accessToken: 'old', refreshToken: 'revoked' }, -10));
    await waitFor(() => session.state.status === 'expired', 'the end of the session');
    await expect(account.balance()).rejects.toMatchObject({ code: 'session_expired' });
    await home.replace(signedIn(simulator.url, simulator.issueSession()));
    await waitFor(() => session.state.status === 'signed_in', 'the new session, noticed');
    expect((await account.balance())?.value.balanceUsd).toBe(50);
  });

  test('meanwhile an older figure is given', async () => {
    const first = await account.balance();
    clock.jump(120_000);
    await home.replace(signedIn(simulator.url, { accessToken: 'old', refreshToken: 'revoked' }, -10));
    await waitFor(() => session.state.status === 'expired', 'the end of the session');
    expect(await account.balance()).toEqual(first);
  });

  test('another project has another figure', async () => {
    simulator.setProject({ id: 'prj_second', credit: 7 });
    await account.balance();
    await session.setProject('prj_second');
    expect((await account.balance())?.value.balanceUsd).toBe(7);
  });

  test('the own billed usage, by model and day', async () => {
    await fetch(`${simulator.url}/openai/v1/responses`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${simulator.upstreamToken}`,
        'meshagent-project-id': 'prj_simulated',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ model: 'gpt-5.4', input: 'hello' }),
    }).then((answer) => answer.text());
    const figure = await account.billedUsage({ since: clock.now() - 86_400_000, until: clock.now() + 60_000 });
    const rows = figure?.value ?? [];
    expect(rows.map(({ type }) => type).sort()).toEqual(['input_tokens', 'llm_proxy_surcharge', 'output_tokens']);
    for (const row of rows) {
      expect(row).toMatchObject({ provider: 'openai', model: 'gpt-5.4', day: expect.stringMatching(/T00:00/) });
      expect(row.totalUsd).toBeGreaterThan(0);
    }
  });
});

test('a service that tells nothing (403) stops nobody', async () => {
  const server = http.createServer((_request, response) => response.writeHead(403).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shy = home.session({ env: { MESHAGENT_TOKEN: 't', MESHAGENT_PROJECT_ID: 'p' }, overrides: { apiUrl: url } });
  const problems: string[] = [];
  expect(await projectForStart(shy, createAccount(shy), (problem) => problems.push(englishOf(problem)))).toBe('p');
  expect(problems).toEqual([]);
  await expect(createAccount(shy).findProject('p')).rejects.toMatchObject({ code: 'account_forbidden' });
  server.close();
});

test('answers with less, more and other than expected', async () => {
  const answers: Record<string, unknown> = {
    '/accounts/profiles/me': { id: 'u', first_name: null, email: 5, more: {} },
    '/accounts/projects': {
      projects: [{ id: 'p', name: null }, { name: 'no id' }, null, { id: 'q', name: 'Q', more: 1 }],
      next: null,
    },
    '/accounts/projects/p/balance': { balance: '12.50', monthly_budget: null, auto_recharge_amount: 'much' },
  };
  const server = http.createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 500, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const odd = createAccount(
    home.session({ env: { MESHAGENT_TOKEN: 't', MESHAGENT_PROJECT_ID: 'p' }, overrides: { apiUrl: url } }),
  );
  expect(await odd.profile()).toEqual({ id: 'u', email: undefined, name: undefined });
  expect((await odd.projects()).map(({ name }) => name)).toEqual(['p', 'Q']);
  expect((await odd.balance())?.value).toMatchObject({
    balanceUsd: 12.5,
    monthlyBudgetUsd: undefined,
    autoRechargeAmountUsd: undefined,
  });
  await expect(odd.billedUsage({ since: 0 })).rejects.toMatchObject({ code: 'account_unavailable' });
  server.close();
});
