import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createTestEngine } from '../helpers/start-engine.js';
import { LOCAL_KEY, PROJECT_ID } from '../helpers/start-proxy.js';

/** Nothing here reaches it. */
const NOWHERE = { url: 'http://127.0.0.1:9' };

const statusWith = async (url: string, key: string) =>
  (await fetch(`${url}/openai/v1/nothing`, { headers: { authorization: `Bearer ${key}` } })).status;

test('a new port and insecure mode take effect at the next start', async () => {
  const { engine } = await createTestEngine(NOWHERE, { bearer: undefined });
  const first = await engine.start();
  expect(await statusWith(first.url, 'wrong')).toBe(401);
  engine.configure({ insecure: true });
  expect(await statusWith(first.url, 'wrong')).toBe(401);
  await engine.stop();
  const second = await engine.start();
  expect(second).toMatchObject({ insecure: true, localKey: 'meshagent-insecure', projectId: PROJECT_ID });
  expect(await statusWith(second.url, 'wrong')).toBe(400);
});

test('a rotated key holds from the next request on, is stored, and is what `meshbar env` finds', async () => {
  const { engine, home } = await createTestEngine(NOWHERE, { bearer: undefined });
  const before = await engine.start();
  const states: string[] = [];
  engine.onState((state) => states.push(state.status));
  await engine.rotateLocalKey();
  if (engine.state.status !== 'running') throw new Error('It stopped.');
  const { localKey } = engine.state.proxy;
  expect(localKey).not.toBe(before.localKey);
  expect(localKey).toMatch(/^[\w-]{43}$/);
  expect(states).toEqual(['running']);
  expect(await statusWith(before.url, before.localKey)).toBe(401);
  expect(await statusWith(before.url, localKey)).toBe(400);
  expect(await readFile(path.join(home, '.meshagent/settings.json'), 'utf8')).toContain(localKey);
  expect(await readFile(path.join(home, 'meshbar/proxy.json'), 'utf8')).toContain(localKey);
});

test('a key given by hand is not replaced', async () => {
  const { engine } = await createTestEngine(NOWHERE);
  await engine.start();
  await expect(engine.rotateLocalKey()).rejects.toMatchObject({ code: 'invalid_option' });
  expect(engine.state).toMatchObject({ proxy: { localKey: LOCAL_KEY } });
});
