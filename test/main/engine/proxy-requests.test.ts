import { expect, test } from 'vitest';
import { registerAutostart } from '../../../src/main/engine/autostart.js';
import { registerProxyRequests } from '../../../src/main/engine/proxy-requests.js';
import { createTestApp, type TestAppOptions } from '../../helpers/test-app.js';
import { waitFor } from '../../helpers/wait-for.js';

async function given(options?: TestAppOptions) {
  const app = await createTestApp(options);
  registerProxyRequests({ ...app, autostart: registerAutostart(app) });
  return app;
}

test('the proxy is started and stopped', async () => {
  const { ask, engine } = await given();
  expect(await ask('proxy:start', undefined)).toEqual({ ok: true });
  expect(engine.current.state.status).toBe('running');
  expect(await ask('proxy:stop', { now: false })).toEqual({ ok: true });
  expect(engine.current.state.status).toBe('stopped');
});

test('what Meshbar itself costs is told', async () => {
  const { ask } = await given();
  expect(await ask('overhead:read', undefined)).toMatchObject({ ok: true, value: { rssBytes: expect.any(Number) } });
});

test('leaving the demo starts the proxy for the user’s own session', async () => {
  const { ask, engine } = await given({ demo: true });
  await engine.start();
  expect((await ask('demo:leave', undefined)).ok).toBe(true);
  expect(engine.isDemo).toBe(false);
  await waitFor(() => engine.current.state.status === 'running', 'the proxy to run');
});

test('a proxy that a person does not want at the start stays stopped after the demo', async () => {
  const { ask, engine } = await given({ demo: true, settings: { autostart: false } });
  await engine.start();
  await ask('demo:leave', undefined);
  expect(engine.current.state.status).toBe('stopped');
});
