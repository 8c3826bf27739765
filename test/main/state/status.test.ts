/** What has happened is over when its cause is: the real engine, against a simulated MeshAgent. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { iconOf } from '../../../src/shared/app-status.js';
import { statusReason, statusTitle } from '../../../src/words/format-status.js';
import { anthropicClient } from '../../compat/clients.js';
import { takeSignInTurn } from '../../helpers/callback-port.js';
import type { SavedFile } from '../../helpers/session-home.js';
import { createTestApp, type TestAppOptions } from '../../helpers/test-app.js';
import { waitFor } from '../../helpers/wait-for.js';

const BROWSER = 'curl --silent --location --output /dev/null';
const message = { model: 'claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hello' }] };

async function given(options?: TestAppOptions) {
  const app = await createTestApp(options);
  const status = () => app.state().status;
  const is = (state: string, title: string) =>
    waitFor(
      () => status().state === state && statusTitle(status()) === title,
      `${title}, not ${statusTitle(status())}`,
    );
  const request = (plan?: string) => {
    const { state } = app.engine.current;
    if (state.status !== 'running') throw new Error('The proxy does not run.');
    return anthropicClient(state.proxy, { key: state.proxy.localKey, plan }).messages.create(message);
  };
  const fail = () => expect(request('status=503')).rejects.toThrow();
  return { ...app, status, is, request, fail };
}

/** A command that stands for the browser, from now until the test is over. */
async function mayUseBrowser(command: string): Promise<void> {
  vi.stubEnv('BROWSER', command);
  const endTurn = await takeSignInTurn();
  onTestFinished(() => endTurn());
}

test('requests that fail degrade it, and one that passes mends that', async () => {
  const { engine, is, request, fail, status } = await given();
  await engine.start();
  expect(status()).toEqual({ state: 'running', cause: undefined, insecure: false });
  await request();
  for (let times = 0; times < 3; times += 1) await fail();
  await is('degraded', 'Requests failing');
  expect(iconOf(status())).toBe('error');
  expect(statusReason(status())).toMatch(/^The last 3 requests failed/);
  await request();
  await is('running', 'Proxy running');
});

test('what failed before a restart is forgotten', async () => {
  const { engine, is, fail } = await given();
  await engine.start();
  await fail();
  await is('degraded', 'Requests failing');
  await engine.restart();
  await is('running', 'Proxy running');
});

test('what failed in another project is forgotten', async () => {
  const { engine, is, fail } = await given();
  await engine.start();
  await fail();
  await is('degraded', 'Requests failing');
  await engine.current.session.setProject('prj_second');
  await is('running', 'Proxy running');
});

test('a session that ended is said while it has, and not after signing in again', async () => {
  // As the user whom the simulator signs in.
  const session = (file: SavedFile) => ({
    ...file,
    active_user_id: 'usr_simulated',
    users: { usr_simulated: { ...file.users.usr_1, profile: { id: 'usr_simulated' } } },
  });
  const { engine, is, request, simulator, status, notices } = await given({ session });
  await engine.start();
  simulator.revoke();
  await expect(request()).rejects.toThrow();
  await is('refusing', 'Session ended');
  await mayUseBrowser(BROWSER);
  await engine.current.session.signIn({ onProblem: () => {} });
  await is('running', 'Proxy running');
  expect(status().cause).toBeUndefined();
  expect(notices.list).toEqual([]);
  await request();
});

test('a proxy that was started without a session says so until somebody signs in', async () => {
  const { engine, is } = await given({ session: () => undefined });
  await expect(engine.start()).rejects.toMatchObject({ code: 'no_upstream_token' });
  await is('error', 'Not signed in');
  await mayUseBrowser(BROWSER);
  await engine.current.session.signIn({ onProblem: () => {} });
  await is('error', 'No project chosen');
  await engine.current.session.setProject('prj_simulated');
  await is('stopped', 'Proxy stopped');
  await engine.start();
  await is('running', 'Proxy running');
});

test('while somebody signs in as somebody else, the session in use goes on', async () => {
  const { engine, is, status, request } = await given();
  await mayUseBrowser('true');
  await engine.start();
  const giveUp = new AbortController();
  const signIn = engine.current.session.signIn({ signal: giveUp.signal, onProblem: () => {} });
  await waitFor(() => status().cause?.kind === 'signing_in', 'the sign-in to be under way');
  expect(status().state).toBe('running');
  await request();
  giveUp.abort();
  await expect(signIn).rejects.toMatchObject({ code: 'sign_in_cancelled' });
  await is('running', 'Proxy running');
});

test('a project that may not be used is said until there is another one', async () => {
  const { engine, is, simulator, userHome } = await given();
  simulator.setProject({ id: 'prj_simulated', allowed: false });
  await expect(engine.start()).rejects.toMatchObject({ code: 'project_access_denied' });
  await is('error', 'Proxy not running');
  // As the `meshagent` command does it.
  const file = path.join(userHome, '.meshagent', 'settings.json');
  const saved = JSON.parse(await readFile(file, 'utf8'));
  saved.users.usr_1.project.active_project = 'prj_second';
  await writeFile(file, JSON.stringify(saved));
  await is('stopped', 'Proxy stopped');
});

test('without local keys, the icon says so first', async () => {
  const { engine, status } = await given({ settings: { insecure: true } });
  await engine.start();
  expect([iconOf(status()), statusTitle(status())]).toEqual(['insecure', 'Running without a key']);
});

test('an icon that shows requests under way differs from what windows are told', async () => {
  const { engine, state } = await given();
  await engine.start();
  expect([state(true).status.state, state().status.state]).toEqual(['busy', 'running']);
});

test('a session that ended refuses on while somebody signs in again', async () => {
  const { engine, is, request, simulator, status } = await given();
  await mayUseBrowser('true');
  await engine.start();
  simulator.revoke();
  await expect(request()).rejects.toThrow();
  await is('refusing', 'Session ended');
  const giveUp = new AbortController();
  const signIn = engine.current.session.signIn({ signal: giveUp.signal, onProblem: () => {} });
  await is('refusing', 'Signing in…');
  giveUp.abort();
  await expect(signIn).rejects.toMatchObject({ code: 'sign_in_cancelled' });
  await is('refusing', 'Session ended');
  expect(status().cause).toEqual({ kind: 'session_ended' });
});

test('a request is waited for only while something listens, and since it does', async () => {
  const { engine, state, firstRequest } = await given();
  firstRequest.copied({ kind: 'address' });
  expect(state().waiting).toBeUndefined();
  await engine.start();
  const { state: proxy } = engine.current;
  expect(state().waiting?.since).toBe(proxy.status === 'running' ? proxy.proxy.startedAt : 0);
  await engine.stop();
  expect(state().waiting).toBeUndefined();
});

test('a first request that failed is no sign that it works', async () => {
  const { engine, is, fail, request, state, firstRequest } = await given();
  engine.onActivity(() => firstRequest.onActive(() => engine.current.active));
  await engine.start();
  firstRequest.copied({ kind: 'address' });
  await fail();
  await is('degraded', 'Requests failing');
  expect(firstRequest.firstSeen).toBeDefined();
  expect(state().firstSeen).toBeUndefined();
  await request();
  await is('running', 'Proxy running');
  expect(state().firstSeen).toBeDefined();
});
