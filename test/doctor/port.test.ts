import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { createPatient, listenRaw, shown, theOne } from '../helpers/doctor.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { startProxy } from '../helpers/start-proxy.js';

const UPSTREAM = { url: 'http://127.0.0.1:9' };

test('nobody has the port: it is free', async () => {
  const { examine } = await createPatient();
  expect(shown(await examine(), 'port')).toEqual(['ok port.free']);
});

test('our own proxy is found where it is, whatever the port', async () => {
  const patient = await createPatient();
  const { engine } = await createTestEngine(UPSTREAM, {}, patient.home);
  const { url } = await engine.start();
  expect(theOne(await patient.examine(), 'port.ours').title).toBe(`Meshbar 1.2.3-test runs on ${url}.`);
  await engine.stop();
  expect(shown(await patient.examine(), 'port')).toEqual(['ok port.free']);
});

test('another Meshbar has it', async () => {
  const { examine } = await createPatient();
  const { port, stop } = await startProxy({ upstream: UPSTREAM });
  const found = theOne(await examine({ config: { port } }), 'port.other_meshbar');
  expect(found.status).toBe('warning');
  expect(found.title).toContain(`Another Meshbar (1.2.3-test) has port ${port}`);
  await stop();
  expect(shown(await examine({ config: { port } }), 'port')).toEqual(['ok port.free']);
});

test('another program has it: it is named, with its process', async () => {
  const { examine, context } = await createPatient();
  const { port } = context.config;
  const script = `require('http').createServer((q, s) => s.end()).listen(${port}, '127.0.0.1', () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const found = theOne(await examine(), 'port.taken');
  expect(found.status).toBe('problem');
  expect(found.title).toMatch(new RegExp(`^Port ${port} is taken by \\S+ \\(process ${child.pid}\\)\\.$`));
  expect(found.remedy?.command).toBe('meshbar proxy --port 0');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(shown(await examine(), 'port')).toEqual(['ok port.free']);
});

test('a program that takes connections and says nothing is a program too', async () => {
  const { examine } = await createPatient();
  const { port } = await listenRaw(() => {});
  expect(theOne(await examine({ config: { port } }), 'port.taken').title).toContain(`(process ${process.pid})`);
});

test('an address that is not this machine’s can not be listened on', async () => {
  const { examine } = await createPatient();
  // TEST-NET-1 of RFC 5737, which nobody has. A machine without a route to it says so at once, another one times out.
  const found = theOne(await examine({ config: { host: '192.0.2.1' } }), 'port.not_permitted');
  expect(found.title).toMatch(/can’t listen on 192\.0\.2\.1:\d+ \(EADDRNOTAVAIL\)/);
});
