/**
 * An idle WebSocket stays open through routers that forget quiet connections, and one whose other end is gone without
 * a word is noticed. Time runs 300 times as fast in the proxy's process.
 */
import { expect, test } from 'vitest';
import { startProxyChild } from '../helpers/proxy-child.js';
import { connectClient } from '../helpers/raw-client.js';
import type { RawSocket } from '../helpers/raw-socket.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { settled } from '../helpers/settled.js';
import { KEY_LINE, LOCAL_KEY } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import { acceptanceOf, clientFrame, openWebSocket, startWebSocketUpstream } from '../helpers/websockets.js';

/** A busy machine may leave a process alone for 100 ms, which 30 s would be: an end that is there would look gone. */
const FAST = { speed: 300, leastMs: 400 };
/** For what a test must get through between one ping and the next. */
const SLOWER = 30;

test('both ends of an idle WebSocket are pinged, and it stays open', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, ...FAST });
  const client = await openWebSocket(proxy.port);
  const accepted = await upstream.accepted();
  await waitFor(() => client.pings.length >= 4 && accepted.pings.length >= 4, 'several pings on both sides');
  client.socket.send('still here');
  expect(await accepted.texts(1)).toEqual(['still here']);
  accepted.socket.send('so am I');
  expect(await client.texts(1)).toEqual(['so am I']);
});

test('an upstream that answers no ping is gone: the client’s end is closed', async () => {
  const upstream = await startWebSocketUpstream({ autoPong: false });
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, ...FAST });
  const client = await openWebSocket(proxy.port);
  expect((await client.close()).code).toBe(1006);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'interrupted', status: 101 });
});

test('a client that answers no ping is gone: the upstream’s end is closed', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, ...FAST });
  await openWebSocket(proxy.port, { autoPong: false });
  expect((await (await upstream.accepted()).close()).code).toBe(1006);
  await proxy.ended();
});

/** Sends bytes a few at a time until `isEnough`, then the rest at once. */
async function sendSlowly(to: RawSocket, bytes: Buffer, isEnough: () => boolean): Promise<void> {
  let sent = 0;
  await waitFor(
    () => {
      if (isEnough()) return true;
      to.socket.write(bytes.subarray(sent, sent + 10));
      sent += 10;
      return false;
    },
    'some time to pass while a message is sent',
    15_000,
  );
  to.socket.write(bytes.subarray(sent));
}

test('a client that is long in sending one message, into which no pong fits, is not gone', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, speed: SLOWER });
  const client = await connectClient(proxy.port);
  const lines = ['Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const handshake = ['GET /v1/realtime HTTP/1.1', ...lines, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', KEY_LINE];
  await client.write(`${handshake.join('\r\n')}\r\n\r\n`);
  const accepted = await upstream.accepted();
  const pinged = accepted.pings.length;
  await sendSlowly(client, clientFrame(2, Buffer.alloc(60_000)), () => accepted.pings.length >= pinged + 3);
  expect((await accepted.message()).data).toHaveLength(60_000);
});

test('nor is such an upstream', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, speed: SLOWER });
  const opened = openWebSocket(proxy.port);
  const request = await upstream.request();
  await request.connection.write(acceptanceOf(request));
  const client = await opened;
  const head = Buffer.from([0x82, 126, 60_000 >> 8, 60_000 & 0xff]);
  const frame = Buffer.concat([head, Buffer.alloc(60_000)]);
  const pinged = client.pings.length;
  await sendSlowly(request.connection, frame, () => client.pings.length >= pinged + 3);
  expect((await client.message()).data).toHaveLength(60_000);
});

test('nor is an end that is long in taking what is sent to it, behind which our pings wait', async () => {
  const upstream = await startWebSocketUpstream();
  const proxy = await startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY, speed: SLOWER });
  const client = await openWebSocket(proxy.port);
  const accepted = await upstream.accepted();
  accepted.socket.pause();
  for (let sent = 0; sent < 32; sent += 1) client.socket.send(Buffer.alloc(1024 * 1024));
  await settled(() => client.socket.bufferedAmount);
  await proxy.pass(1.5);
  accepted.socket.resume();
  await waitFor(() => accepted.messages.length === 32, 'all messages to arrive', 10_000);
});
