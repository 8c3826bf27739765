import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { proxyOptions } from '../../src/terminal/proxy-options.js';
import { startProxy } from '../../src/terminal/start-proxy.js';
import { createHome, createSignedInHome, LEDGER_WORKER, runMeshbar, startMeshbar } from '../helpers/terminal.js';

const SIGN_IN = /To sign in, run `meshbar login`, or set MESHAGENT_TOKEN and MESHAGENT_PROJECT_ID\.\n/;

test('--demo shows traffic, costs nothing, and leaves nothing behind', async () => {
  const { home, env } = createHome();
  const temporary = path.join(home, 'tmp');
  mkdirSync(temporary);
  const meshbar = startMeshbar(['proxy', '--demo', '--port', '0'], { ...env, TMPDIR: temporary });
  await meshbar.url();
  expect(meshbar.stdout).toMatch(
    /^# Demo: a simulator answers; nothing leaves this machine, and nothing costs money\.\n/,
  );
  expect(meshbar.stdout).toContain('# MeshAgent token: the simulator\n# Local key: the demo\n');
  await meshbar.says(/ (POST|GET|WS|websocket) \/v1\/\S+ {2}\d{3} complete /);
  meshbar.kill('SIGINT');
  const { code, stderr } = await meshbar.ended;
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(readdirSync(home)).toEqual(['tmp']);
  expect(readdirSync(temporary)).toEqual([]);
});

test('--or-demo without a session is a demo, and says how to sign in', async () => {
  const { home, env } = createHome();
  const meshbar = startMeshbar(['proxy', '--or-demo', '--port', '0'], env);
  await meshbar.url();
  expect(meshbar.stdout).toMatch(
    /^# You are not signed in to MeshAgent\. So this is a demo, with a simulator behind it\. /,
  );
  expect(meshbar.stdout).toMatch(SIGN_IN);
  meshbar.kill('SIGINT');
  expect((await meshbar.ended).code).toBe(0);
  expect(existsSync(path.join(home, 'meshbar'))).toBe(false);
});

test.each([
  ['a token but no project', { MESHAGENT_TOKEN: 'opaque' }, undefined, /^# No MeshAgent project is chosen\. /],
  ['settings that are no JSON', {}, '{', /^# .*settings\.json is not valid JSON/],
  [
    'a session that has ended',
    {},
    JSON.stringify({
      users: { a: { session: { access_token: 'old', expires_at: 1 }, project: { active_project: 'prj_1' } } },
    }),
    /^# Your MeshAgent session has ended\. /,
  ],
])('--or-demo with %s is one too', async (_name, extra, settings, reason) => {
  const { home, env } = createHome();
  if (settings !== undefined) {
    mkdirSync(path.join(home, '.meshagent'));
    writeFileSync(path.join(home, '.meshagent', 'settings.json'), settings);
  }
  const meshbar = startMeshbar(['proxy', '--or-demo', '--port', '0'], { ...env, ...extra });
  await meshbar.url();
  expect(meshbar.stdout).toMatch(reason);
  expect(meshbar.stdout).toMatch(SIGN_IN);
});

test('--or-demo with a session is no demo', async () => {
  const { env } = await createSignedInHome();
  const meshbar = startMeshbar(['proxy', '--or-demo', '--port', '0'], env);
  await meshbar.url();
  expect(meshbar.said).not.toMatch(/demo|simulator answers/i);
  expect(existsSync(path.join(env.MESHBAR_HOME as string, 'proxy.json'))).toBe(true);
});

test('what is wrong besides stays an error with --or-demo', async () => {
  const { env } = createHome();
  const { code, stderr } = await runMeshbar(['proxy', '--or-demo', '--api-url', 'http://example.org'], {
    ...env,
    MESHAGENT_TOKEN: 'opaque',
    MESHAGENT_PROJECT_ID: 'prj_1',
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^meshbar: The MeshAgent API URL must be https[^\n]*\n$/);
});

test('a demo takes a free port where the usual one is taken, but not where it was told which', async () => {
  const server = http.createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const options = proxyOptions({ port, portIsGiven: false, demo: true });
  const surroundings = { onProblem: () => {}, ledgerWorker: LEDGER_WORKER };
  const started = await startProxy(options, surroundings);
  expect(started.proxy.port).not.toBe(port);
  expect(started.remarks).toContain(`Port ${port} is taken, so the demo uses a free one.`);
  await started.engine.close();
  await started.demo?.close();
  await expect(startProxy({ ...options, portIsGiven: true }, surroundings)).rejects.toMatchObject({
    code: 'port_in_use',
  });
});
