import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { settled } from '../helpers/settled.js';
import { accessTo, KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const MIB = 1024 * 1024;
/** Far more than the kernel's buffers of two connections and the proxy's own take together. */
const TOTAL = 64 * MIB;

function bytesIn(chunks: readonly Buffer[] = []): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

test('a client that reads slowly slows the upstream, and loses nothing', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  client.socket.pause();
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nConnection: close\r\n\r\n`);
  const { connection } = await upstream.request();
  const { socket } = connection;
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${TOTAL}\r\n\r\n`);
  const block = Buffer.alloc(MIB);
  for (let sent = 0; sent < TOTAL; sent += MIB) socket.write(block);

  await waitFor(() => proxy.exchanges[0]?.responseData.length, 'the answer to begin');
  const passed = () => bytesIn(proxy.exchanges[0]?.responseData);
  await settled(passed);
  expect(passed()).toBeLessThan(TOTAL / 2);

  client.socket.resume();
  await client.until(() => client.over, 'the whole answer', 20_000);
  expect(client.socket.bytesRead).toBeGreaterThan(TOTAL);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete', responseBytes: TOTAL });
});

test.each([
  ['framed by length', `Content-Length: ${TOTAL}`, false],
  ['in chunks', 'Transfer-Encoding: chunked', true],
])('an upstream that reads slowly slows the uploader, and loses nothing, %s', async (_name, framing, chunked) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const { socket } = client;
  socket.write(`POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n${framing}\r\n\r\n`);
  const block = Buffer.alloc(MIB);
  for (let sent = 0; sent < TOTAL; sent += MIB) {
    if (chunked) socket.write(`${MIB.toString(16)}\r\n`);
    socket.write(block);
    if (chunked) socket.write('\r\n');
  }
  if (chunked) socket.write('0\r\n\r\n');
  const connection = await upstream.connection();
  connection.socket.pause();

  const passed = () => bytesIn(proxy.exchanges[0]?.requestData);
  await waitFor(passed, 'the upload to begin');
  await settled(passed);
  expect(passed()).toBeLessThan(TOTAL / 2);

  connection.socket.resume();
  await waitFor(() => connection.socket.bytesRead > TOTAL, 'the whole upload upstream', 20_000);
  await waitFor(() => socket.writableLength === 0, 'the upload to be taken');
  await connection.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  expect((await client.answer()).text).toBe('ok');
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete', requestBytes: TOTAL });
});

test('while nobody knows yet where an upload goes, it waits with the client', async () => {
  const upstream = await startRawUpstream();
  let give: (() => void) | undefined;
  const proxy = await startProxy({
    upstream,
    upstreamAccess: {
      access: () =>
        new Promise((resolve) => {
          give = () => resolve(accessTo(upstream));
        }),
    },
  });
  const client = await connectClient(proxy.port);
  client.socket.write(
    `POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: ${TOTAL}\r\n\r\n`,
  );
  client.socket.write(Buffer.alloc(TOTAL));
  const taken = () => bytesIn(proxy.exchanges[0]?.requestData);
  await waitFor(taken, 'the upload to begin');
  await settled(taken);
  expect(taken()).toBeLessThan(TOTAL / 8);

  give?.();
  const connection = await upstream.connection();
  await waitFor(() => connection.socket.bytesRead > TOTAL, 'the whole upload upstream', 20_000);
});
