import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session, SignInOptions } from '../../src/session/session.js';
import { toMeshbarError } from '../../src/shared/errors.js';
import type { SessionState } from '../../src/shared/session.js';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { errorText } from '../../src/words/index.js';
import { CALLBACK_PORT, isPortFree, takePort, takeSignInTurn } from '../helpers/callback-port.js';
import { runHere } from '../helpers/command-here.js';
import { wordsOf } from '../helpers/error-words.js';
import { makeHome, type SessionHome, unprivileged } from '../helpers/session-home.js';
import { chat, runMeshbar, startMeshbar } from '../helpers/terminal.js';
import { waitFor } from '../helpers/wait-for.js';

let endTurn: () => Promise<void>;
let simulator: RunningSimulator;
let home: SessionHome;
let session: Session;
beforeEach(async () => {
  endTurn = await takeSignInTurn();
  simulator = await createSimulator({ rotate: true }).start();
  home = await makeHome();
  session = home.session({ overrides: { apiUrl: simulator.url } });
  expect(await isPortFree(), 'the test before has freed the port').toBe(true);
});
afterEach(async () => {
  await home.remove();
  await simulator.stop();
  await endTurn();
});

interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** What a browser does: follows the service's redirect to this machine. */
async function browse(url: string): Promise<Page> {
  const answer = await fetch(url, { redirect: 'manual' });
  return visit(answer.headers.get('location') ?? '');
}

async function visit(url: string): Promise<Page> {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const callbackUrl = (query: Record<string, string>) =>
  `http://localhost:${CALLBACK_PORT}/callback?${new URLSearchParams(query)}`;
const stateIn = (url: string) => new URL(url).searchParams.get('state') ?? '';

/** Signs in with a browser that does as told; gives how it ended and what the browser was shown. */
async function signIn(browser: (url: string) => Promise<Page>, options: SignInOptions = {}) {
  let page: Promise<Page> | undefined;
  const result = await session
    .signIn({
      openBrowser: false,
      ...options,
      onUrl(url) {
        page = browser(url);
        page.catch(() => {});
      },
    })
    .then(
      (signedIn) => ({ signedIn, error: undefined }),
      (error: Error) => ({ signedIn: undefined, error }),
    );
  expect(await isPortFree(), 'the port is free at once').toBe(true);
  return { ...result, page: await page?.catch(() => undefined) };
}

describe('signing in', () => {
  test('ends with a session, a plain page and nothing listening', async () => {
    const states: SessionState[] = [];
    session.onState((state) => states.push(state));
    const { signedIn, page } = await signIn(browse);
    expect(signedIn).toEqual({
      user: { id: 'usr_simulated', email: 'sam@example.com', name: 'Sam Example' },
      problem: undefined,
    });
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('You are signed in as sam@example.com.') });
    expect(page?.text).not.toMatch(/<script|\ssrc=|\shref=|\son\w+=/i);
    const policy = page?.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(states.map(({ status }) => status)).toEqual(['signing_in', 'signing_in', 'signed_in']);
    expect(states[1]).toMatchObject({ url: expect.stringContaining('/oauth/authorize?') });
    expect(await home.json()).toMatchObject({
      active_user_id: 'usr_simulated',
      users: {
        usr_simulated: {
          api_url: simulator.url,
          profile: { id: 'usr_simulated', first_name: 'Sam', last_name: 'Example', email: 'sam@example.com' },
          session: { access_token: expect.any(String), refresh_token: expect.any(String), token_type: 'Bearer' },
          project: { active_api_keys: {} },
        },
      },
    });
  });

  test('asks as the service wants it: PKCE, state, the fixed redirect and the scopes', async () => {
    let asked = new URLSearchParams();
    await signIn((url) => {
      asked = new URL(url).searchParams;
      return browse(url);
    });
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'p8xy1ZUi73jJUJbNfTg92HUSDpCSZJcc',
      redirect_uri: 'http://localhost:8765/callback',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{20,}$/),
      scope: 'profile:read projects:read projects:billing.read llm:invoke llm:usage.read',
    });
  });

  test('keeps other users, the own project and unknown keys', async () => {
    await home.replace({
      active_user_id: 'other',
      unknown: 1,
      users: {
        other: { session: { access_token: 'kept' } },
        usr_simulated: {
          unknown: 2,
          session: { access_token: 'old', scope: 'old' },
          project: { active_project: 'mine' },
        },
        __local__: { project: { llm_proxy_bearer_token: 'moved', active_api_keys: { p: 'k' } } },
      },
    });
    await signIn(browse);
    expect(await home.json()).toMatchObject({
      active_user_id: 'usr_simulated',
      unknown: 1,
      users: {
        other: { session: { access_token: 'kept' } },
        usr_simulated: {
          unknown: 2,
          project: { active_project: 'mine', llm_proxy_bearer_token: 'moved', active_api_keys: { p: 'k' } },
        },
      },
    });
    expect((await home.json()).users.__local__).toBeUndefined();
  });

  test('with a profile that can not be read is kept, and completed later', async () => {
    simulator.setProfileReadable(false);
    const { signedIn, page } = await signIn(browse);
    expect(signedIn).toMatchObject({ user: { id: '__local__' }, problem: { code: 'sign_in_profile' } });
    expect(page?.status).toBe(200);
    expect(await home.json()).toMatchObject({
      active_user_id: '__local__',
      users: { __local__: { api_url: simulator.url } },
    });
    expect(session.state).toMatchObject({ status: 'signed_in', user: { id: '__local__' } });
  });
});

describe('each way to fail has its own words', () => {
  test('declined by the user', async () => {
    simulator.failAuthorize({ error: 'access_denied', description: 'No.' });
    const { error, page } = await signIn(browse);
    expect(error).toMatchObject({ facts: { code: 'sign_in_denied', data: { why: 'declined' } } });
    expect(page).toMatchObject({
      status: 400,
      text: expect.stringContaining('The sign-in was declined in the browser.'),
    });
  });

  test('refused by the service, whose words do not get into the page', async () => {
    simulator.failAuthorize({ error: '<script>alert(1)</script>', description: '<b>' });
    const { error, page } = await signIn(browse);
    expect(error).toMatchObject({ code: 'sign_in_denied' });
    expect(page?.text).not.toMatch(/<script|<b>|alert/);
  });

  test('declined without a state, as some servers do', async () => {
    const { error } = await signIn(() => visit(callbackUrl({ error: 'access_denied' })));
    expect(error).toMatchObject({ code: 'sign_in_denied' });
  });

  test.each([
    ['another state', () => ({ code: 'c', state: 'forged' })],
    ['no state', () => ({ code: 'c' })],
    ['a refusal with another state', () => ({ error: 'access_denied', state: 'forged' })],
  ])('%s', async (_name, query) => {
    const { error, page } = await signIn(() => visit(callbackUrl(query())));
    expect(error).toMatchObject({ code: 'sign_in_state_mismatch' });
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('another sign-in') });
    expect(simulator.requests.filter(({ path: asked }) => asked === '/oauth/token')).toEqual([]);
  });

  test('sent back with neither a code nor an error', async () => {
    const { error } = await signIn((url) => visit(callbackUrl({ state: stateIn(url) })));
    expect(error).toMatchObject({ code: 'sign_in_denied' });
  });

  test.each(['127.0.0.1', '::1'])('the port is taken on %s', async (host) => {
    const release = await takePort(host).catch(() => undefined);
    if (!release) return;
    await expect(session.signIn({ openBrowser: false })).rejects.toMatchObject({
      facts: { code: 'sign_in_port_in_use', data: { why: 'taken', port: '8765' } },
    });
    await release();
    expect(session.state.status).toBe('signed_out');
  });

  test('the browser can not be opened: the address is told, and the sign-in goes on', async () => {
    const problems: unknown[] = [];
    session = home.session({ overrides: { apiUrl: simulator.url }, env: { BROWSER: '/nowhere/browser' } });
    let address = '';
    const signingIn = session.signIn({
      onUrl: (url) => {
        address = url;
      },
      onProblem: (problem) => problems.push(problem),
    });
    await waitFor(() => problems.length > 0, 'the problem');
    expect(problems).toEqual([expect.objectContaining({ code: 'sign_in_browser' })]);
    await browse(address);
    expect((await signingIn).user.id).toBe('usr_simulated');
  });

  test('nobody answers in time', async () => {
    await expect(session.signIn({ openBrowser: false, timeoutMs: 30 })).rejects.toMatchObject({
      code: 'sign_in_timeout',
    });
    expect(await isPortFree()).toBe(true);
    expect(session.state.status).toBe('signed_out');
  });

  test.each([
    ['invalid_grant', 'sign_in_token_refused'],
    ['server_error', 'sign_in_network'],
    ['not_json', 'sign_in_network'],
    ['reset', 'sign_in_network'],
  ] as const)('the token endpoint: %s', async (how, code) => {
    simulator.failTokenEndpoint(1, how);
    const { error, page } = await signIn(browse);
    expect(error).toMatchObject({ code });
    expect(page?.status).toBe(400);
    expect(page?.text).toContain(errorText(toMeshbarError(error).facts, 'app').message);
  });

  test('the network is down when the browser comes back', async () => {
    const { error } = await signIn(async (url) => {
      const location = (await fetch(url, { redirect: 'manual' })).headers.get('location');
      await simulator.stop();
      return visit(location ?? '');
    });
    expect(error).toMatchObject({ code: 'sign_in_network' });
    expect(wordsOf(error)).toContain('refused the connection');
  });

  test('the session can not be stored', async () => {
    await unprivileged(home, async () => {
      await chmod(home.folder, 0o500);
      const { error, page } = await signIn(browse);
      expect(error).toMatchObject({ code: 'settings_unwritable' });
      expect(page).toMatchObject({ status: 400, text: expect.stringContaining('settings.json') });
    });
  });

  test('cancelled while it waits', async () => {
    const cancel = new AbortController();
    const { error } = await signIn(
      () => {
        cancel.abort();
        return Promise.reject(new Error('closed'));
      },
      { signal: cancel.signal },
    );
    expect(error).toMatchObject({ code: 'sign_in_cancelled' });
    expect(session.state.status).toBe('signed_out');
  });

  test('cancelled while the service is asked: the browser is told', async () => {
    const cancel = new AbortController();
    simulator.delayTokenEndpoint(60_000);
    const signingIn = signIn(browse, { signal: cancel.signal });
    await simulator.waitForRequest(({ path: asked }) => asked === '/oauth/token');
    cancel.abort();
    const { error, page } = await signingIn;
    expect(error).toMatchObject({ code: 'sign_in_cancelled' });
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('cancelled') });
  });

  test('a second one while the first is under way', async () => {
    const cancel = new AbortController();
    const first = session.signIn({ openBrowser: false, signal: cancel.signal });
    await waitFor(() => session.state.status === 'signing_in', 'the first');
    await expect(session.signIn({ openBrowser: false })).rejects.toMatchObject({ code: 'sign_in_port_in_use' });
    expect(session.state.status).toBe('signing_in');
    cancel.abort();
    await expect(first).rejects.toMatchObject({ code: 'sign_in_cancelled' });
  });
});

describe('the port answers nobody else', () => {
  test('other paths, methods and names of this machine', async () => {
    await signIn(async (url) => {
      const request = (asked: string, method: string, host: string) =>
        new Promise<number | undefined>((resolve, reject) => {
          http
            .request({ host: '127.0.0.1', port: CALLBACK_PORT, path: asked, method, headers: { host } }, (response) => {
              response.resume();
              resolve(response.statusCode);
            })
            .on('error', reject)
            .end();
        });
      const good = `localhost:${CALLBACK_PORT}`;
      const here = `/callback?state=${stateIn(url)}&code=stolen`;
      expect(await request('/', 'GET', good)).toBe(404);
      expect(await request('/favicon.ico', 'GET', good)).toBe(404);
      expect(await request('/callback/..', 'GET', good)).toBe(404);
      expect(await request(here, 'POST', good)).toBe(404);
      expect(await request(here, 'HEAD', good)).toBe(404);
      expect(await request(here, 'GET', `evil.example:${CALLBACK_PORT}`)).toBe(404);
      expect(await request(here, 'GET', 'localhost')).toBe(404);
      return browse(url);
    });
    expect(session.state.status).toBe('signed_in');
  });

  test('a second visit is told that it comes too late', async () => {
    simulator.delayTokenEndpoint(50);
    let second: Promise<Page> | undefined;
    await signIn((url) => {
      const first = browse(url);
      second = simulator
        .waitForRequest(({ path: asked }) => asked === '/oauth/token')
        .then(() => visit(callbackUrl({ code: 'x', state: 'y' })));
      return first;
    });
    expect(await second).toMatchObject({ status: 410 });
    expect(session.state.status).toBe('signed_in');
  });
});

describe('the built command', () => {
  let env: Record<string, string>;
  let browserLog: string;

  beforeEach(async () => {
    const browser = path.join(home.dir, 'browser.mjs');
    browserLog = path.join(home.dir, 'browser.log');
    await writeFile(
      browser,
      `import { appendFileSync } from 'node:fs';
const answer = await fetch(process.argv[2]);
appendFileSync(${JSON.stringify(browserLog)}, answer.url + '\\n' + (await answer.text()));\n`,
    );
    env = {
      PATH: process.env.PATH ?? '',
      HOME: home.dir,
      MESHBAR_HOME: path.join(home.dir, 'meshbar'),
      BROWSER: `"${process.execPath}" "${browser}" %s`,
    };
  });

  test('the whole way: sign in, see who it is, choose a project, call, sign out', async () => {
    const login = await runMeshbar(['login', '--api-url', simulator.url], env);
    expect(login).toMatchObject({ code: 0, stderr: '' });
    expect(login.stdout).toContain('Signed in as Sam Example <sam@example.com>.');
    expect(login.stdout).toContain('meshbar project list');
    expect(await readFile(browserLog, 'utf8')).toContain('Signed in to Meshbar');

    const list = await runMeshbar(['project', 'list', '--search', 'another'], env);
    expect(list.stdout).toMatch(/^ {2}project +id\n {2}Another project {2}prj_second\n$/);
    expect((await runMeshbar(['project', 'use', 'Another project'], env)).code).toBe(0);
    const whoami = await runMeshbar(['whoami'], env);
    expect(whoami).toMatchObject({ code: 0, stderr: '' });
    for (const part of [
      /Sam Example/,
      /Another project \(prj_second\)/,
      /balance +\$50\.00/,
      /renewed automatically/,
    ]) {
      expect(whoami.stdout).toMatch(part);
    }

    const proxy = startMeshbar(['proxy', '--no-tui', '--port', '0'], env);
    const url = await proxy.url();
    const key = (await home.json()).users.usr_simulated.project.llm_proxy_bearer_token;
    expect((await chat({ url, key })).status).toBe(200);
    const called = simulator.requests.findLast(({ path: asked }) => asked.startsWith('/openai'));
    expect(called?.headers['meshagent-project-id']).toBe('prj_second');

    const logout = await runMeshbar(['logout'], env);
    expect(logout.stdout).toMatch(/Signed out Sam Example.*\n.*keeps running/);
    await waitFor(async () => (await chat({ url, key })).status === 401, 'the proxy to notice', 5000);
    expect((await runHere(['whoami'], env)).code).toBe(1);
    const file = await home.json();
    expect(file.users.usr_simulated).toMatchObject({ session: null, project: { active_project: 'prj_second' } });

    expect((await runMeshbar(['login'], env)).code, 'the address is known by now').toBe(0);
    await waitFor(async () => (await chat({ url, key })).status === 200, 'the proxy to go on', 5000);

    const tokens = simulator.requests.flatMap(
      ({ headers }) => /^Bearer (.*)/.exec(headers.authorization ?? '')?.[1] ?? [],
    );
    const said = [login, list, whoami, logout].map(({ stdout, stderr }) => stdout + stderr).join('') + proxy.said;
    for (const token of new Set(tokens)) expect(said).not.toContain(token);
  });

  test('Ctrl-C cancels and frees the port', async () => {
    const login = startMeshbar(['login', '--no-browser', '--api-url', simulator.url], env);
    await login.says(/Ctrl-C cancels/);
    login.kill('SIGINT');
    expect(await login.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('cancelled') });
    expect(await isPortFree()).toBe(true);
  });

  test('a browser that can not be opened is said, with the address to copy', async () => {
    const login = startMeshbar(['login', '--api-url', simulator.url], { ...env, BROWSER: '/nowhere/browser' });
    await login.says(/No browser could be opened/, 'stderr');
    const [, address] = await login.says(/(http:\S+)/, 'stdout');
    await browse(String(address));
    expect((await login.ended).code).toBe(0);
  });

  test('a token in the environment is said to win', async () => {
    const login = await runMeshbar(['login', '--api-url', simulator.url], { ...env, MESHAGENT_TOKEN: 'env-token' });
    expect(login.stderr).toContain('MESHAGENT_TOKEN is set here');
    expect(login.stderr).not.toContain('env-token');
  });
});

test('the port is taken by a server that never ends: nothing is left listening on the other address', async () => {
  const blocker = http.createServer();
  blocker.listen({ host: '::1', port: CALLBACK_PORT, ipv6Only: true });
  const listening = await Promise.race([
    once(blocker, 'listening').then(() => true),
    once(blocker, 'error').then(() => false),
  ]);
  if (!listening) return;
  await expect(session.signIn({ openBrowser: false })).rejects.toMatchObject({ code: 'sign_in_port_in_use' });
  const release = await takePort('127.0.0.1');
  await release();
  await new Promise((resolve) => blocker.close(resolve));
});
