import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { KEY_LINE, startProxy, type TestProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import {
  clientFrame,
  openWebSocket,
  startWebSocketUpstream,
  type TestWebSocket,
  type WebSocketUpstream,
} from '../helpers/websockets.js';

async function joined(): Promise<{
  server: WebSocketUpstream;
  proxy: TestProxy;
  client: TestWebSocket;
  upstream: TestWebSocket;
}> {
  const server = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream: server });
  const client = await openWebSocket(proxy.port);
  return { server, proxy, client, upstream: await server.accepted() };
}

const openUpstream = (server: WebSocketUpstream) =>
  new Promise<number>((resolve, reject) => {
    server.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

test.each([
  [1000, 'done'],
  [1001, ''],
  [1008, 'policy ✓'],
  [1011, 'x'.repeat(123)],
  [3000, 'registered'],
  [4999, 'private'],
])('close code %i and its reason pass both ways', async (code, reason) => {
  const first = await joined();
  first.client.socket.close(code, reason);
  expect(await first.upstream.close()).toEqual({ code, reason });
  expect(await first.client.close()).toEqual({ code, reason });
  const second = await joined();
  second.upstream.socket.close(code, reason);
  expect(await second.client.close()).toEqual({ code, reason });
  expect(await second.upstream.close()).toEqual({ code, reason });
  for (const { proxy, server } of [first, second]) {
    await proxy.ended();
    await waitFor(async () => (await openUpstream(server)) === 0, 'the connection upstream to be closed');
  }
});

test('a close without a code stays one', async () => {
  const first = await joined();
  first.client.socket.close();
  expect(await first.upstream.close()).toEqual({ code: 1005, reason: '' });
  const second = await joined();
  second.upstream.socket.close();
  expect(await second.client.close()).toEqual({ code: 1005, reason: '' });
});

test('messages sent before a close arrive before it', async () => {
  const { client, upstream } = await joined();
  const big = 'x'.repeat(4 * 1024 * 1024);
  upstream.socket.send(big);
  upstream.socket.send('last words');
  upstream.socket.close(1000, 'bye');
  expect(await client.close()).toEqual({ code: 1000, reason: 'bye' });
  expect(client.messages.map(({ data }) => data.length)).toEqual([big.length, 'last words'.length]);
});

test.each(['client', 'upstream'] as const)(
  'where the %s breaks off, the other side sees no proper close',
  async (who) => {
    const { server, proxy, client, upstream } = await joined();
    const [breaking, other] = who === 'client' ? [client, upstream] : [upstream, client];
    breaking.socket.terminate();
    expect((await other.close()).code).toBe(1006);
    const [end] = await proxy.ended();
    const errorType = who === 'upstream' ? 'upstream_closed' : 'client_abort';
    expect(end).toMatchObject({ outcome: 'interrupted', errorType, closedBy: who });
    await waitFor(async () => (await openUpstream(server)) === 0, 'the connection upstream to be closed');
  },
);

test('a proper close by either side is a complete exchange', async () => {
  const first = await joined();
  first.client.socket.close(1000);
  const second = await joined();
  second.upstream.socket.close(1000);
  for (const [closedBy, { proxy }] of [['client', first] as const, ['upstream', second] as const]) {
    const [end] = await proxy.ended();
    expect(end).toMatchObject({ outcome: 'complete', status: 101, closedBy });
    expect(end?.errorType).toBeUndefined();
  }
});

test.each([
  ['a reserved opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
  ['reserved bits', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
  ['an unmasked frame', Buffer.from([0x81, 0x01, 0x61])],
  ['a continuation of nothing', clientFrame(0, 'x')],
  ['a ping of 126 bytes', clientFrame(9, 'x'.repeat(126))],
])('%s from the client ends both sides', async (_name, bytes) => {
  const server = await startWebSocketUpstream();
  const proxy = await startProxy({ upstream: server });
  const client = await connectClient(proxy.port);
  const lines = [
    'GET /v1/realtime HTTP/1.1',
    'Host: 127.0.0.1',
    KEY_LINE,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  await client.write(`${lines.join('\r\n')}\r\n\r\n`);
  const upstream = await server.accepted();
  await client.answer();
  await client.write(bytes);
  await client.ending();
  await upstream.close();
  expect(upstream.messages).toEqual([]);
  // 1002, protocol error, is what the client is told.
  expect(client.received.subarray(0, 4)).toEqual(Buffer.from([0x88, 0x02, 0x03, 0xea]));
  client.socket.destroy();
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'interrupted', errorType: 'client_protocol' });
});

test('stop() ends an open WebSocket on both sides, and says why', async () => {
  const { server, proxy, client, upstream } = await joined();
  await proxy.stop(0);
  expect((await client.close()).code).toBe(1001);
  await upstream.close();
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'interrupted', errorType: 'proxy_stopped' });
  await waitFor(async () => (await openUpstream(server)) === 0, 'the connection upstream to be closed');
});

test('stop() lets a WebSocket end in time', async () => {
  const { proxy, client, upstream } = await joined();
  const stopped = proxy.stop(60_000);
  upstream.socket.send('still here');
  expect(await client.texts(1)).toEqual(['still here']);
  client.socket.close(1000);
  await stopped;
  expect((await proxy.ended())[0]?.outcome).toBe('complete');
});
