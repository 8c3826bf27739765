import { expect, test } from 'vitest';
import { proxyView, sessionView } from '../../../src/main/state/views.js';
import { createTestEngine } from '../../helpers/start-engine.js';

const TERMINAL = /`meshbar |--[a-z]/;

test('a taken port is told in the words of the app', async () => {
  const { engine: first } = await createTestEngine({ url: 'http://127.0.0.1:9' });
  const { port } = await first.start();
  const { engine: second } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { port });
  await expect(second.start()).rejects.toMatchObject({ code: 'port_in_use_by_meshbar' });
  const view = proxyView(second.state, false);
  expect(view).toMatchObject({ status: 'failed', error: { code: 'port_in_use_by_meshbar' } });
  expect(JSON.stringify(view)).toContain('Settings');
  expect(JSON.stringify(view)).not.toMatch(TERMINAL);
});

test('what is wrong with the session is told in the words of the app', () => {
  const user = { id: 'usr_1', email: undefined, name: undefined };
  const problem = { code: 'session_expired', data: {} } as const;
  expect(sessionView({ status: 'expired', user, problem, projectId: 'p' })).toMatchObject({
    problem: { code: 'session_expired', message: 'Your MeshAgent session has ended.', hint: 'Sign in again.' },
  });
  const reason = { code: 'token_endpoint', data: { why: 'status', status: 500 } } as const;
  expect(sessionView({ status: 'offline', user, retryAt: 1, reason, projectId: 'p' })).toMatchObject({
    reason: { message: 'The token endpoint answered with status 500.' },
  });
});

test('no view of the proxy has its key in it', async () => {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { bearer: 'a-secret-key' });
  await engine.start();
  const shown = JSON.stringify(proxyView(engine.state, true));
  expect(shown).not.toContain('a-secret-key');
  expect(shown).not.toMatch(TERMINAL);
  expect(proxyView(engine.state, true)).toMatchObject({
    localKeySource: 'the demo',
    upstreamTokenSource: 'the simulator',
  });
});

test('a proxy without local keys says so without an option', async () => {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { insecure: true });
  await engine.start();
  expect(proxyView(engine.state, false)).toMatchObject({ localKeySource: 'none: local keys are off' });
});
