import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { startCorporateProxy } from '../helpers/corporate-proxy.js';
import { createPatient, listenRaw, NOWHERE, shown, theOne } from '../helpers/doctor.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { createHome, createSignedInHome, MESHBAR, startMeshbar } from '../helpers/terminal.js';

const UPSTREAM = { url: 'http://127.0.0.1:9' };
/** For tests that start several commands one after another, on a busy machine. */
const COMMANDS_MS = 90_000;
const OK = ['ok loopback.reachable'];

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a request arrives: at a running proxy, and at a listener of our own where none runs', async () => {
  const patient = await createPatient();
  expect(shown(await patient.examine(), 'loopback')).toEqual(OK);
  const { engine } = await createTestEngine(UPSTREAM, {}, patient.home);
  await engine.start();
  expect(shown(await patient.examine(), 'loopback')).toEqual(OK);
});

/** The run file of a proxy whose process lives, and at whose address something else is. */
async function swallowed(port: number) {
  const patient = await createPatient();
  const proxy = {
    pid: process.pid,
    version: '1.2.3',
    url: `http://127.0.0.1:${port}`,
    projectId: 'prj_1',
    localKey: 'local-key',
    startedAt: Date.now(),
  };
  patient.write('meshbar/proxy.json', JSON.stringify(proxy));
  return patient;
}

test('a request that is swallowed on the way', async () => {
  const { port } = await listenRaw(() => {});
  const { examine } = await swallowed(port);
  const found = theOne(await examine(), 'loopback.unreachable');
  expect(found.status).toBe('problem');
  expect(found.details).toEqual(['The connection failed: ETIMEDOUT']);
});

test('a request that somebody else answers', async () => {
  const { port } = await listenRaw((socket) => socket.end('HTTP/1.1 403 Blocked\r\nContent-Length: 0\r\n\r\n'));
  const { examine } = await swallowed(port);
  expect(theOne(await examine(), 'loopback.unreachable').details).toEqual(['Somebody else answered, with status 403']);
});

test('a process that lives where nobody listens', async () => {
  const raw = await listenRaw(() => {});
  await raw.close();
  const { examine } = await swallowed(raw.port);
  expect(shown(await examine(), 'loopback')).toEqual(['problem loopback.not_listening']);
});

test('a proxy on the port that an address need not name', async () => {
  const { examine } = await swallowed(80);
  const [found] = (await examine({ only: ['loopback'] })).filter(({ id }) => id.startsWith('loopback.'));
  expect(found?.title).toMatch(/127\.0\.0\.1:80\b/);
});

test('HTTP_PROXY without NO_PROXY takes requests away from this machine', async () => {
  const patient = await createPatient();
  const { engine } = await createTestEngine(UPSTREAM, {}, patient.home);
  await engine.start();
  const { port } = await listenRaw((socket) => socket.end('HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n'));
  vi.stubEnv('HTTP_PROXY', `http://ada:opaque-password@127.0.0.1:${port}`);
  vi.stubEnv('NO_PROXY', 'example.com');
  const found = theOne(await patient.examine(), 'loopback.network_proxy');
  expect(found.status).toBe('problem');
  expect(found.title).toBe(`HTTP_PROXY sends requests for 127.0.0.1 to http://127.0.0.1:${port}.`);
  expect(found.details).toEqual(['That proxy answered with status 502']);
  expect(JSON.stringify(found)).not.toContain('opaque-password');
  vi.stubEnv('NO_PROXY', 'example.com,127.0.0.1');
  expect(shown(await patient.examine(), 'loopback')).toEqual(OK);
});

test('a proxy on this very machine that brings them back does no harm', async () => {
  const patient = await createPatient();
  const { engine } = await createTestEngine(UPSTREAM, {}, patient.home);
  await engine.start();
  const proxy = await startCorporateProxy();
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`);
  vi.stubEnv('NO_PROXY', '');
  expect(shown(await patient.examine(), 'loopback')).toEqual(OK);
  expect(proxy.urls).toHaveLength(1);
});

/** Runs the built command in a world of its own, where the hosts file is ours; undefined where we may not make one. */
async function withHosts(hosts: string, env: Record<string, string> = createHome().env): Promise<string[] | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const file = path.join(tempFolder(), 'hosts');
  writeFileSync(file, hosts);
  const script = 'mount --bind "$1" /etc/hosts && exec "$2" "$3" doctor --json';
  const args = ['--mount', 'sh', '-c', script, 'sh', file, process.execPath, MESHBAR];
  const child = spawn('unshare', args, {
    env: { MESHAGENT_API_URL: NOWHERE, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stdout = await text(child.stdout);
  return stdout === '' ? undefined : shown(JSON.parse(stdout).findings, 'loopback');
}

test('localhost that leads elsewhere, or nowhere', { timeout: COMMANDS_MS }, async (context) => {
  const well = await withHosts('127.0.0.1 localhost\n');
  if (well === undefined) return context.skip('this machine lets nobody exchange its hosts file');
  expect(well).toEqual(OK);
  expect(await withHosts('192.0.2.7 localhost\n')).toEqual(['problem loopback.localhost_elsewhere']);
  const nowhere = await withHosts('127.0.0.1 somebody\n');
  // Some systems know localhost without the file.
  expect([OK, ['warning loopback.localhost_unknown']]).toContainEqual(nowhere);
});

test('another program on the port at ::1, where localhost leads too', { timeout: COMMANDS_MS }, async (context) => {
  const { env } = await createSignedInHome();
  const { port } = new URL(await startMeshbar(['proxy', '--port', '0'], env).url());
  const hosts = '127.0.0.1 localhost\n::1 localhost\n';
  const script = `require('net').createServer((s) => s.end('HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n')).listen(${port}, '::1', () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (String(said) !== 'up\n') return context.skip('this machine has no IPv6');
  const found = await withHosts(hosts, env);
  if (found === undefined) return context.skip('this machine lets nobody exchange its hosts file');
  expect(found).toEqual(['problem loopback.localhost_other']);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await withHosts(hosts, env)).toEqual(OK);
});
