import { chmod } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Session, UpstreamAccess } from '../../src/session/session.js';
import type { SessionState } from '../../src/shared/session.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { englishOf } from '../../src/words/index.js';
import { makeHome, type SessionHome, signedIn, type Tokens, unprivileged } from '../helpers/session-home.js';
import { createTestClock } from '../helpers/test-clock.js';
import { waitFor } from '../helpers/wait-for.js';

const HOUR = 3_600_000;

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await createSimulator().start();
});
afterAll(() => simulator.stop());

let home: SessionHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(async () => {
  await home.remove();
  simulator.reset();
  simulator.setRotation(false);
  simulator.setAccessTokenSeconds(3600);
  simulator.setClockOffset(0);
  simulator.failTokenEndpoint(0, 'reset');
  simulator.delayTokenEndpoint(0);
});

/** Puts a session there whose access token is noted to end in `leftSeconds`. */
async function given(leftSeconds: number, edit: (file: ReturnType<typeof signedIn>) => void = () => {}) {
  const tokens = simulator.issueSession();
  const file = signedIn(simulator.url, tokens, leftSeconds);
  edit(file);
  await home.replace(file);
  return tokens;
}

const savedSession = async () => (await home.json()).users.usr_1.session;
const asks = () => simulator.requests.filter(({ path }) => path === '/oauth/token').length;
const tokenOf = async (session: Session) => (await session.access()).upstreamToken;

function statesOf(session: Session): SessionState['status'][] {
  const statuses: SessionState['status'][] = [];
  session.onState(({ status }) => {
    if (statuses.at(-1) !== status) statuses.push(status);
  });
  return statuses;
}

/** Whether the service takes a token. */
async function isAccepted(token: string): Promise<boolean> {
  const { status } = await fetch(`${simulator.url}/accounts/profiles/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return status === 200;
}

/** What the `meshagent` command does: trades the token without a lock. */
async function tradeElsewhere(refreshToken: string): Promise<Tokens> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'x' });
  const answer = await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body });
  const json = (await answer.json()) as { access_token: string; refresh_token?: string };
  return { accessToken: json.access_token, refreshToken: json.refresh_token ?? refreshToken };
}

describe('ahead of the end', () => {
  test('a fresh token is at hand at once and nobody is asked', async () => {
    const { accessToken } = await given(3600);
    const session = home.session();
    await session.ready();
    expect((session.access() as UpstreamAccess).upstreamToken).toBe(accessToken);
    expect(asks()).toBe(0);
  });

  test('less than five minutes left: refreshed and stored, with the rest of the file kept', async () => {
    const before = await given(240, (file) => {
      file.users.usr_1.session.kept = 'yes';
      file.users.usr_1.session.scope = 'llm:invoke';
      file.other = [1];
    });
    const session = home.session();
    expect(await session.ready()).toMatchObject({ status: 'signed_in' });
    const saved = await savedSession();
    expect(saved).toMatchObject({ kept: 'yes', scope: 'llm:invoke', refresh_token: before.refreshToken });
    expect(saved.access_token).not.toBe(before.accessToken);
    expect(saved.expires_at).toBeCloseTo(Date.now() / 1000 + 3600 - 30, -1);
    expect((await home.json()).other).toEqual([1]);
    expect(await tokenOf(session)).toBe(saved.access_token);
  });

  test('requests do not wait for it while the old token is good', async () => {
    const clock = createTestClock();
    const { accessToken } = await given(3600);
    const session = home.session({ now: clock.now });
    await session.ready();
    simulator.delayTokenEndpoint(200);
    clock.jump(3400_000);
    for (let i = 0; i < 50; i++) expect((session.access() as UpstreamAccess).upstreamToken).toBe(accessToken);
    await waitFor(async () => (await tokenOf(session)) !== accessToken, 'the new token');
    expect(asks()).toBe(1);
  });

  test('nobody has to ask: an idle session is renewed', async () => {
    const clock = createTestClock();
    await given(3600);
    const session = home.session({ now: clock.now });
    await session.ready();
    clock.jump(3350_000);
    await waitFor(() => simulator.refreshes === 1, 'a refresh without a request');
  });

  test('tokens that live for a minute do not make a storm', async () => {
    simulator.setAccessTokenSeconds(60);
    await given(-1);
    const session = home.session();
    for (let i = 0; i < 100; i++) expect(await isAccepted(await tokenOf(session))).toBe(true);
    expect(asks()).toBe(1);
  });

  test('a session that does not say when it ends is refreshed once', async () => {
    await given(0, (file) => {
      file.users.usr_1.session.expires_at = null;
    });
    const session = home.session();
    await session.ready();
    for (let i = 0; i < 20; i++) await session.access();
    expect(asks()).toBe(1);
  });

  test('a refresh token alone is enough', async () => {
    await given(0, (file) => {
      file.users.usr_1.session = { refresh_token: file.users.usr_1.session.refresh_token };
    });
    expect(await isAccepted(await tokenOf(home.session()))).toBe(true);
  });
});

test('a session that is not used, for a token in the environment, is left alone', async () => {
  await given(-10);
  const session = home.session({ env: { MESHAGENT_TOKEN: 'env-token' }, tickMs: 5, restMs: 5 });
  await session.ready();
  await home.replace(signedIn(simulator.url, simulator.issueSession(), -10));
  await session.setProject('prj_second');
  await waitFor(async () => (await session.access()).projectId === 'prj_second', 'the file, followed');
  expect(asks()).toBe(0);
});

describe('one at a time', () => {
  test('however many wait', async () => {
    await given(-10);
    simulator.delayTokenEndpoint(30);
    const session = home.session();
    const tokens = await Promise.all(Array.from({ length: 200 }, () => tokenOf(session)));
    expect(new Set(tokens).size).toBe(1);
    expect(asks()).toBe(1);
  });

  test('however many are refused with a 401', async () => {
    simulator.setRotation(true);
    const { accessToken } = await given(3600);
    const session = home.session();
    await session.ready();
    simulator.expireAccessTokens();
    const renewed = await Promise.all(Array.from({ length: 20 }, () => session.accessAfterRefusal(accessToken)));
    expect(new Set(renewed.map((access) => access?.upstreamToken)).size).toBe(1);
    expect(await isAccepted(renewed[0]?.upstreamToken ?? '')).toBe(true);
    expect(asks()).toBe(1);
  });

  test('two Meshbars with the same file', async () => {
    simulator.setRotation(true);
    simulator.delayTokenEndpoint(20);
    await given(-10);
    const tokens = await Promise.all([tokenOf(home.session()), tokenOf(home.session()), tokenOf(home.session())]);
    expect(new Set(tokens).size).toBe(1);
    expect(asks()).toBe(1);
  });

  test('a service that refuses every new token is not asked with each request', async () => {
    await given(3600);
    const session = home.session();
    await session.ready();
    let refused = 0;
    for (let i = 0; i < 50; i++) {
      const token = await tokenOf(session);
      if ((await session.accessAfterRefusal(token)) === undefined) refused += 1;
    }
    expect(asks()).toBeLessThan(5);
    expect(refused).toBeGreaterThan(40);
    expect(session.state.status).toBe('signed_in');
  });
});

describe('rotation', () => {
  test('each new refresh token is stored before the next is needed', async () => {
    simulator.setRotation(true);
    const clock = createTestClock();
    await given(3600);
    const session = home.session({ now: clock.now });
    await session.ready();
    const seen = new Set<string>();
    for (let i = 1; i <= 5; i++) {
      simulator.expireAccessTokens();
      await session.accessAfterRefusal(await tokenOf(session));
      clock.jump(20_000);
      seen.add((await savedSession()).refresh_token);
    }
    expect(seen.size).toBeGreaterThan(1);
    const { refresh_token } = await savedSession();
    expect(await isAccepted((await tradeElsewhere(refresh_token)).accessToken)).toBe(true);
  });

  test('a file that another program put back is not believed, and mended', async () => {
    simulator.setRotation(true);
    await given(100);
    const stale = await home.json();
    const session = home.session();
    await session.ready();
    const renewed = await savedSession();
    stale.users.usr_1.project.active_project = 'prj_second';
    await home.overwrite(stale);
    await waitFor(
      async () => (await savedSession()).refresh_token === renewed.refresh_token,
      'the newer session, back',
    );
    expect((await home.json()).users.usr_1.project.active_project, 'their change stays').toBe('prj_second');
    expect(await tokenOf(session)).toBe(renewed.access_token);
    expect(asks()).toBe(1);
  });

  test('a refresh that can not be stored is kept, used, and stored later', async () => {
    simulator.setRotation(true);
    const before = await given(-10);
    const problems: string[] = [];
    await unprivileged(home, async () => {
      simulator.delayTokenEndpoint(100);
      const session = home.session({ onProblem: (problem) => problems.push(englishOf(problem)) });
      const asking = tokenOf(session);
      await simulator.waitForRequest(({ path }) => path === '/oauth/token');
      await chmod(home.folder, 0o500);
      expect(await isAccepted(await asking)).toBe(true);
      expect((await savedSession()).refresh_token).toBe(before.refreshToken);
      await chmod(home.folder, 0o700);
      await waitFor(
        async () => (await savedSession()).refresh_token !== before.refreshToken,
        'the session, stored',
        5000,
      );
      expect(await isAccepted((await tradeElsewhere((await savedSession()).refresh_token)).accessToken)).toBe(true);
    });
    expect(problems[0]).toMatch(/not stored yet/);
  });

  test('nothing is traded that could not be stored', async () => {
    await given(-10);
    await unprivileged(home, async () => {
      await chmod(home.folder, 0o500);
      const session = home.session();
      await expect(session.credentials()).rejects.toMatchObject({ code: 'settings_unwritable' });
      expect(asks()).toBe(0);
    });
  });

  test('the meshagent command was faster: its session counts', async () => {
    simulator.setRotation(true);
    const { refreshToken } = await given(-10);
    const session = home.session();
    const theirs = await tradeElsewhere(refreshToken ?? '');
    const asking = tokenOf(session);
    // It has traded the token, but not written yet, when we are refused.
    await waitFor(() => simulator.requests.at(-1)?.status === 400, 'our own try, refused');
    await delay(150);
    await home.overwrite(signedIn(simulator.url, theirs));
    expect(await asking).toBe(theirs.accessToken);
    expect(session.state.status).toBe('signed_in');
  });

  test('signed out elsewhere while we asked: stays signed out', async () => {
    await given(-10);
    simulator.delayTokenEndpoint(100);
    const session = home.session();
    const asking = session.credentials();
    await simulator.waitForRequest(({ path }) => path === '/oauth/token');
    const file = await home.json();
    file.users.usr_1.session = null;
    await home.overwrite(file);
    await expect(asking).rejects.toMatchObject({ code: 'no_upstream_token' });
    expect(await savedSession()).toBeNull();
  });
});

describe('refused', () => {
  test('once is enough: signed out, and nobody is asked again until somebody signs in', async () => {
    await given(-10);
    simulator.revoke();
    const session = home.session();
    const statuses = statesOf(session);
    const first = await Promise.allSettled(Array.from({ length: 20 }, () => tokenOf(session)));
    for (const result of first) expect(result).toMatchObject({ reason: { code: 'session_expired' } });
    for (let i = 0; i < 20; i++) await expect(session.credentials()).rejects.toMatchObject({ code: 'session_expired' });
    expect(asks()).toBe(1);
    expect(statuses).toEqual(['signed_in', 'expired']);
    const { accessToken } = await given(3600);
    await waitFor(() => session.state.status === 'signed_in', 'the new session, noticed');
    expect(await tokenOf(session)).toBe(accessToken);
  });

  test('the old access token is used as long as it lasts', async () => {
    const { accessToken } = await given(100);
    simulator.failTokenEndpoint(1, 'invalid_grant');
    const session = home.session();
    expect(await session.ready()).toMatchObject({ status: 'signed_in' });
    expect(await tokenOf(session)).toBe(accessToken);
    expect(asks()).toBe(1);
  });
});

async function failAndRecover(how: 'reset' | 'server_error' | 'unavailable' | 'not_json'): Promise<void> {
  const service = await createSimulator().start();
  const house = await makeHome(signedIn(service.url, service.issueSession(), -10));
  const asked = () => service.requests.filter(({ path }) => path === '/oauth/token').length;
  service.failTokenEndpoint(1, how);
  const session = house.session();
  const statuses = statesOf(session);
  for (let i = 0; i < 30; i++) await expect(session.credentials()).rejects.toMatchObject({ code: 'session_offline' });
  expect(asked(), `${how}: not asked for each request`).toBe(1);
  expect(session.state).toMatchObject({ status: 'offline', user: { id: 'usr_1' } });
  await waitFor(() => session.state.status === 'signed_in', `${how}: recovery, unasked`, 5000);
  expect(statuses).toEqual(['signed_in', 'offline', 'signed_in']);
  expect(asked()).toBe(2);
  await house.remove();
  await service.stop();
}

describe('unreachable', () => {
  test('a clear error, back-off, recovery, in whatever way it fails', async () => {
    const ways = ['reset', 'server_error', 'unavailable', 'not_json'] as const;
    await Promise.all(ways.map((how) => failAndRecover(how)));
  });

  test('a token that still works is used meanwhile', async () => {
    const { accessToken } = await given(100);
    simulator.failTokenEndpoint(5, 'reset');
    const session = home.session();
    await session.ready();
    for (let i = 0; i < 30; i++) expect(await tokenOf(session)).toBe(accessToken);
    expect(session.state.status).toBe('signed_in');
    expect(asks()).toBe(1);
  });
});

describe('clocks', () => {
  test('eight hours of sleep: renewed by itself, and the first request waits for it', async () => {
    const clock = createTestClock();
    await given(3600);
    const session = home.session({ now: clock.now });
    await session.ready();
    clock.jump(8 * HOUR);
    simulator.setClockOffset(8 * HOUR);
    expect(await isAccepted(await tokenOf(session))).toBe(true);
    clock.jump(8 * HOUR);
    simulator.setClockOffset(16 * HOUR);
    await waitFor(() => simulator.refreshes === 2, 'a refresh without a request');
    expect(await isAccepted(await tokenOf(session))).toBe(true);
  });

  test('a sleep ends the wait after failures', async () => {
    const clock = createTestClock();
    await given(-10);
    simulator.failTokenEndpoint(2, 'reset');
    const session = home.session({ now: clock.now });
    await waitFor(async () => {
      await session.credentials().catch(() => {});
      return asks() === 2;
    }, 'two failures: the next try is a second off at least');
    clock.jump(8 * HOUR);
    await waitFor(() => session.state.status === 'signed_in', 'a try at once', 900);
  });

  test.each([
    ['behind', -3 * HOUR],
    ['ahead', 3 * HOUR],
  ])('this machine is %s: what the service says counts', async (_name, offset) => {
    const clock = createTestClock();
    clock.jump(offset);
    const tokens = simulator.issueSession();
    await home.replace(signedIn(simulator.url, tokens, 3600 + offset / 1000));
    const session = home.session({ now: clock.now });
    expect(await session.ready()).toMatchObject({ status: 'signed_in' });
    expect(await isAccepted(await tokenOf(session))).toBe(true);
    // The service's time passes: its 401 is believed, whatever our clock says.
    simulator.setClockOffset(2 * HOUR);
    const renewed = await session.accessAfterRefusal(await tokenOf(session));
    expect(await isAccepted(renewed?.upstreamToken ?? '')).toBe(true);
  });

  test('a clock that is set back does not keep a back-off alive', async () => {
    const clock = createTestClock();
    await given(-10);
    simulator.failTokenEndpoint(1, 'reset');
    const session = home.session({ now: clock.now });
    await expect(session.credentials()).rejects.toMatchObject({ code: 'session_offline' });
    clock.jump(-8 * HOUR);
    await waitFor(() => session.credentials().then(Boolean, () => false), 'recovery', 5000);
  });
});
