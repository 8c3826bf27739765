import http from 'node:http';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { wordsOf } from '../helpers/error-words.js';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { settled } from '../helpers/settled.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { startProxy } from '../helpers/start-proxy.js';

/** Nobody is there: what is asked on starting is given up at once. */
const upstream = { url: 'http://127.0.0.1:1' };

/** Starts on a port that is taken; gives what a person is told. */
async function startOn(port: number) {
  const { engine } = await createTestEngine(upstream, { port });
  const failure = await engine.start().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(engine.state).toMatchObject({ status: 'failed' });
  return failure;
}

async function occupy(server: net.Server): Promise<number> {
  const sockets: net.Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return (server.address() as net.AddressInfo).port;
}

test('a port that another Meshbar has: its version, and what to do', async () => {
  const proxy = await startProxy({ upstream });
  const error = await startOn(proxy.port);
  expect(error).toMatchObject({ code: 'port_in_use_by_meshbar' });
  expect(wordsOf(error)).toMatch(new RegExp(`1\\.2\\.3-test.*${proxy.port}.*meshbar env`));
});

test.each([
  ['another HTTP server', () => http.createServer((_request, response) => response.end('{"ok":true}'))],
  ['a server that refuses /healthz', () => http.createServer((_request, response) => response.writeHead(404).end())],
  ['a server that answers what is no JSON', () => http.createServer((_request, response) => response.end('<html>'))],
  ['a server that does not speak HTTP', () => net.createServer((socket) => socket.end('SSH-2.0-x\r\n'))],
  ['a server that hangs up', () => net.createServer((socket) => socket.destroy())],
])('a port that %s has: how to choose another', async (_name, create) => {
  const port = await occupy(create());
  const error = await startOn(port);
  expect(error).toMatchObject({ code: 'port_in_use' });
  expect(wordsOf(error)).toMatch(new RegExp(`${port} .*--port`));
});

test('once the port is free the same engine starts', async () => {
  const other = await startProxy({ upstream });
  const { engine } = await createTestEngine(upstream, { port: other.port });
  await expect(engine.start()).rejects.toMatchObject({ code: 'port_in_use_by_meshbar' });
  await other.stop();
  expect(await engine.start()).toMatchObject({ port: other.port });
});

test('without local keys an address that others reach is refused, unless one insists', async () => {
  const { engine } = await createTestEngine(upstream, { insecure: true, host: '0.0.0.0' });
  await expect(engine.start()).rejects.toMatchObject({ code: 'insecure_exposure' });
  const insisting = await createTestEngine(upstream, { insecure: true, host: '0.0.0.0', allowInsecureExposure: true });
  expect(await insisting.engine.start()).toMatchObject({ insecure: true, url: expect.stringMatching(/127\.0\.0\.1/) });
});

test('two starts at once are one', async () => {
  const { engine } = await createTestEngine(await startRawUpstream({ accounts: true }));
  const [first, second] = await Promise.all([engine.start(), engine.start()]);
  expect(second.port).toBe(first.port);
  await engine.stop();
  expect((await connectClient(first.port)).errorCode).toBe('ECONNREFUSED');
});

test('after a stop during a start nothing runs', async () => {
  const { engine } = await createTestEngine(await startRawUpstream({ accounts: true }));
  const started = engine.start().then(
    ({ port }) => port,
    () => undefined,
  );
  await engine.stop();
  const port = await started;
  await settled(() => (engine.state.status === 'stopped' ? 0 : 1));
  expect(engine.state.status).toBe('stopped');
  if (port !== undefined) expect((await connectClient(port)).errorCode).toBe('ECONNREFUSED');
});
