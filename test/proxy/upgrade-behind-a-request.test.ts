/**
 * Threat: a client that does not wait sends an upgrade right behind a request, on one connection. Answers come in the
 * order of requests: were the upgrade accepted at once, the answer that is still to come would be written into the
 * WebSocket, where its bytes are read as frames.
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { settled } from '../helpers/settled.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';
import { acceptanceOf } from '../helpers/websockets.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;
const UPGRADE = [
  'GET /v1/realtime HTTP/1.1',
  'Host: 127.0.0.1',
  KEY_LINE,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');

test.each([
  ['an upgrade', UPGRADE],
  ['an upgrade without a key', UPGRADE.replace(`${KEY_LINE}\r\n`, '')],
])(
  '%s behind a request that is not answered yet waits for its turn, or ends the connection',
  async (_name, upgrade) => {
    const upstream = await startRawUpstream();
    const proxy = await startProxy({ upstream });
    const client = await connectClient(proxy.port);
    await client.write(GET + upgrade);
    await waitFor(() => client.over || upstream.connections.length > 0, 'the request to pass or the connection to end');
    if (client.over) {
      expect(client.received).toHaveLength(0);
      return;
    }
    const first = await upstream.request();
    await settled(() => upstream.connections.length + client.received.length);
    if (upstream.connections.length > 1) {
      const request = await upstream.request();
      await request.connection.write(acceptanceOf(request));
      await settled(() => client.received.length);
    }
    await first.answer(200, 'first');
    await waitFor(() => client.over || client.received.includes('first'), 'the first answer or the end');
    // Whatever became of the upgrade, the first thing that comes is the first answer.
    if (client.received.length > 0) expect(await client.answer()).toMatchObject({ status: 200, text: 'first' });
  },
);

test('a request behind an upgrade is part of the WebSocket, and no request', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(UPGRADE + GET);
  const request = await upstream.request();
  await request.connection.write(acceptanceOf(request));
  expect((await client.answer()).status).toBe(101);
  // "GET " is no valid frame: the WebSocket ends.
  await client.ending();
  expect(upstream.connections).toHaveLength(1);
  expect(proxy.exchanges).toHaveLength(1);
});

test('an upgrade on a connection that has served requests opens a WebSocket', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  await (await upstream.request()).answer(200, 'first');
  await client.answer();
  await client.write(UPGRADE);
  const request = await upstream.request();
  await request.connection.write(acceptanceOf(request));
  expect((await client.answer()).status).toBe(101);
});
