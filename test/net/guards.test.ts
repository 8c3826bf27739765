/**
 * What undici does not see, or tells nobody, and is seen to by src/net: a row for each guard of docs/adr/0021 that no
 * other test is about.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createUpstream, type Upstream } from '../../src/net/upstream.js';
import { type Authority, createAuthority } from '../helpers/certificates.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { startTlsUpstream } from '../helpers/tls-upstream.js';
import { sendTo } from '../helpers/upstream-exchange.js';
import { waitFor } from '../helpers/wait-for.js';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});
afterAll(() => authority.remove());

function upstreamAt(url: string, onSocket?: Parameters<typeof createUpstream>[1]): Upstream {
  const upstream = createUpstream(url, onSocket);
  onTestFinished(() => upstream.close());
  return upstream;
}

const over = (exchange: { ended: string | undefined }) => waitFor(() => exchange.ended, 'the exchange to end');

test('a body without framing that a reset cuts is broken, not whole', async () => {
  const server = await startRawUpstream();
  const exchange = sendTo(upstreamAt(server.url));
  const { connection } = await server.request();
  await connection.write('HTTP/1.1 200 OK\r\n\r\nhalf an ans');
  await waitFor(() => exchange.body, 'the beginning');
  connection.reset();
  expect(await over(exchange)).toBe('ECONNRESET');
});

test('a request given up while its connection is being opened gives that up too', async () => {
  const server = await startRawUpstream();
  // Nobody answers the TLS hello.
  const upstream = upstreamAt(server.url.replace('http:', 'https:'));
  const exchange = sendTo(upstream);
  const connection = await server.connection();
  exchange.request.destroy();
  await waitFor(() => connection.closed, 'the connection to be closed');
  await nextTurn();
  expect([exchange.ended, server.connections.length]).toEqual([undefined, 1]);
  sendTo(upstream);
  await server.connection();
});

test('a request that dies with an idle connection before it is sent is not taken for sent', async () => {
  const server = await startRawUpstream();
  const upstream = upstreamAt(server.url);
  const first = sendTo(upstream);
  const { connection, answer } = await server.request();
  await answer(200, 'kept');
  await over(first);
  await nextTurn();
  connection.reset();
  const second = sendTo(upstream);
  expect(await over(second)).toBe('ECONNRESET');
  expect(second.request).toMatchObject({ sent: false, heard: false, reused: true });
});

test('a TLS session outlives a collection', async () => {
  const server = await startTlsUpstream(await authority.issue('IP:127.0.0.1'));
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const upstream = upstreamAt(server.url);
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let i = 0; i < 2; i += 1) {
    const exchange = sendTo(upstream);
    await over(exchange);
    server.drop();
    await nextTurn();
    collect();
  }
  expect([server.connections, server.resumed]).toEqual([2, 1]);
});

test('a connection that is gone as soon as it is open fails once, and is not opened for ever', async () => {
  const server = await startRawUpstream();
  let opened = 0;
  const upstream = upstreamAt(server.url, (socket) => {
    opened += 1;
    socket.prependOnceListener('connect', () => socket.destroy());
  });
  expect(await over(sendTo(upstream))).toBe('ECONNRESET');
  await nextTurn();
  expect(opened).toBe(1);
});

test.each(['GET', 'HEAD'])('what follows the head of an answer to %s waits until it is released', async (method) => {
  const server = await startRawUpstream();
  const exchange = sendTo(upstreamAt(server.url), { method, hold: true });
  await (await server.request()).answer(401, method === 'HEAD' ? '' : 'no');
  await waitFor(() => exchange.heads.length, 'a head');
  await nextTurn();
  expect([exchange.body, exchange.ended]).toEqual(['', undefined]);
  exchange.request.release();
  await over(exchange);
  expect([exchange.body, exchange.ended]).toEqual([method === 'HEAD' ? '' : 'no', 'end']);
});

test.each([
  ['framed by length', 'Content-Length: 600000\r\n'],
  ['without framing', ''],
])('a paused answer %s whose connection ends meanwhile is given whole', async (_name, framing) => {
  const server = await startRawUpstream();
  const exchange = sendTo(upstreamAt(server.url), { onRead: (request) => request.pause() });
  const { connection } = await server.request();
  await connection.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${framing}\r\n`);
  await waitFor(() => exchange.heads.length, 'a head');
  connection.socket.end('a'.repeat(600_000));
  await waitFor(() => {
    exchange.request.resume();
    return exchange.ended;
  }, 'the end');
  expect([exchange.body.length, exchange.ended]).toEqual([600_000, 'end']);
});

test('a request that is given up leaves no connection behind', async () => {
  const server = await startRawUpstream();
  const exchange = sendTo(upstreamAt(server.url));
  const { connection } = await server.request();
  exchange.request.destroy();
  await waitFor(() => connection.closed, 'the connection to be closed');
  await nextTurn();
  expect([exchange.ended, server.connections.length, server.open.length]).toEqual([undefined, 1, 0]);
});

test('after a burst no more than 64 connections are kept', async () => {
  const server = await startRawUpstream();
  const upstream = upstreamAt(server.url);
  const exchanges = Array.from({ length: 70 }, () => sendTo(upstream));
  for (const _ of exchanges) await (await server.request()).answer(200, 'ok');
  for (const exchange of exchanges) await over(exchange);
  await waitFor(() => server.open.length <= 64, 'the surplus to be closed');
  expect(server.open).toHaveLength(64);
});

test('idle connections that are let go of are closed, and one in use is not', async () => {
  const server = await startRawUpstream();
  const upstream = upstreamAt(server.url);
  const [one, two] = [sendTo(upstream), sendTo(upstream)];
  const first = await server.request();
  const second = await server.request();
  await first.answer(200, 'ok');
  await waitFor(() => one.ended ?? two.ended, 'one of them to end');
  upstream.closeIdle();
  await waitFor(() => server.open.length === 1, 'the idle one to be closed');
  await second.answer(200, 'ok');
  await waitFor(() => one.ended && two.ended, 'both to end');
  expect([one.ended, two.ended]).toEqual(['end', 'end']);
});
