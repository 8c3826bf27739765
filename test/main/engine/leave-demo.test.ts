import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSimulator } from '../../../src/simulator/index.js';
import { freePort } from '../../e2e/launch.js';
import { demoEngine } from '../../helpers/test-engine.js';

/** In the demo, and running; beyond it, the user's own session is good. */
async function runningDemo() {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  const port = await freePort();
  const { engine, home } = await demoEngine(port, {
    MESHAGENT_TOKEN: simulator.upstreamToken,
    MESHAGENT_PROJECT_ID: simulator.projectId,
    MESHAGENT_API_URL: simulator.url,
  });
  await engine.start();
  return { engine, url: `http://127.0.0.1:${port}`, ledger: path.join(home, 'meshbar', 'ledger.sqlite') };
}

test('leaving the demo twice, and starting meanwhile, is one proxy that a stop ends', async () => {
  const { engine, url } = await runningDemo();
  await Promise.all([engine.leaveDemo(), engine.leaveDemo(), engine.start()]);
  expect(engine.isDemo).toBe(false);
  expect(engine.current.state.status).toBe('running');
  await engine.stop();
  expect(engine.current.state.status).toBe('stopped');
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('closing while the demo is being left leaves nothing behind', async () => {
  const { engine, url } = await runningDemo();
  await Promise.all([engine.leaveDemo(), engine.close()]);
  await expect(engine.current.ledger.totals({})).rejects.toThrow();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('where the user’s own ledger can’t be opened, the demo goes on until it can', async () => {
  const { engine, url, ledger } = await runningDemo();
  await mkdir(path.join(ledger, 'in the way'), { recursive: true });
  await expect(engine.leaveDemo()).rejects.toThrow();
  expect(engine.isDemo).toBe(true);
  expect((await fetch(`${url}/healthz`)).ok).toBe(true);
  await rm(ledger, { recursive: true });
  await engine.leaveDemo();
  expect(engine.isDemo).toBe(false);
});
