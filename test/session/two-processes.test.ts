import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { makeHome, type SessionHome, signedIn } from '../helpers/session-home.js';

const ROUNDS = 100;
const PROGRAM = fileURLToPath(new URL('../helpers/refresher-process.ts', import.meta.url));

let simulator: RunningSimulator;
let home: SessionHome;
let processes: ChildProcess[];

beforeAll(async () => {
  simulator = await createSimulator({ rotate: true }).start();
  home = await makeHome();
  const outDir = path.join(home.dir, 'program');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    define: { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
    build: { ssr: PROGRAM, outDir, minify: false },
  });
  const program = (await readdir(outDir)).find((name) => name.startsWith('refresher-process'));
  processes = [1, 2].map(() => fork(path.join(outDir, String(program)), [home.dir]));
  await Promise.all(processes.map((one) => once(one, 'message')));
}, 20_000);

afterAll(async () => {
  for (const one of processes ?? []) one.kill();
  await home.remove();
  await simulator.stop();
});

async function tokenOf(one: ChildProcess, message: 'take' | 'run'): Promise<string> {
  one.send(message);
  const [{ token, error }] = (await once(one, 'message')) as [{ token?: string; error?: string }];
  if (token === undefined) throw new Error(error);
  return token;
}

test('two processes refresh at the same moment, a hundred times over', async () => {
  const file = signedIn(simulator.url, simulator.issueSession(), -10);
  file.unknown = { deep: [1, { a: null }] };
  file.users.usr_1.unknown = 'kept';
  file.users.usr_1.session.unknown = 'kept';
  file.users.usr_2 = { profile: { id: 'usr_2' }, session: null };
  await home.replace(file);

  for (let round = 1; round <= ROUNDS; round++) {
    simulator.delayTokenEndpoint(round % 7);
    const [first, second] = await Promise.all(processes.map((one) => tokenOf(one, 'take')));
    const saved = await home.json();
    const { session, ...user } = saved.users.usr_1;
    expect(first, `round ${round}`).toBe(session.access_token);
    expect(second).toBe(session.access_token);
    expect(simulator.refreshes, 'one of them asked').toBe(round);
    expect(session).toMatchObject({ unknown: 'kept', token_type: 'Bearer', refresh_token: expect.any(String) });
    const { session: _old, ...userBefore } = file.users.usr_1;
    expect(user).toEqual(userBefore);
    expect(saved.unknown).toEqual(file.unknown);
    expect(saved.users.usr_2).toEqual(file.users.usr_2);
    session.expires_at = 1;
    await home.replace(saved);
  }
  expect(simulator.requests.filter(({ path, status }) => path === '/oauth/token' && status !== 200)).toEqual([]);
  expect(await readdir(home.folder)).toEqual(['settings.json']);
}, 30_000);

test('while the meshagent command writes back what it has read, taking no lock', async () => {
  await home.replace(signedIn(simulator.url, simulator.issueSession(), -10));
  for (let round = 1; round <= 12; round++) {
    simulator.delayTokenEndpoint(round % 5);
    const tokens = Promise.all(processes.map((one) => tokenOf(one, 'run')));
    // Somewhere around our own writing: it reads, thinks for a while, and writes all of it.
    await delay(round % 13);
    const theirs = await home.json();
    await delay(round % 4);
    theirs.theirs = round;
    await home.overwrite(theirs);

    expect(new Set(await tokens).size, `round ${round}`).toBe(1);
    const saved = await home.json();
    saved.users.usr_1.session.expires_at = 1;
    await home.replace(saved);
  }
}, 20_000);
