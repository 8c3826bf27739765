import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const MIB = 1024 * 1024;
const upload = (size: number) =>
  `POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: ${size}\r\n\r\n`;

async function answerEarly(closes: boolean): Promise<void> {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  client.socket.write(upload(8 * MIB));
  client.socket.write(Buffer.alloc(MIB));
  const request = await upstream.request({ head: true });
  request.connection.socket.pause();
  await request.answer(413, 'too large', closes ? ['Connection: close'] : []);
  if (closes) request.connection.end();

  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 413, text: 'too large', complete: true });
}

test('an answer before the end of the upload passes, where upstream closes the connection', () => answerEarly(true));

test('an answer before the end of the upload passes, where upstream keeps the connection', () => answerEarly(false));

test('a client that sends on after an early answer is not left hanging', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const size = 32 * MIB;
  client.socket.write(upload(size));
  client.socket.write(Buffer.alloc(MIB));
  const request = await upstream.request({ head: true });
  await request.answer(413, 'too large');
  expect((await client.answer()).status).toBe(413);

  // Many clients read the answer only after the last byte of the body: the rest is taken, or the connection ends.
  client.socket.write(Buffer.alloc(size - MIB));
  await waitFor(() => client.socket.writableLength === 0 || client.over, 'the rest of the upload to be taken');
  if (client.over) return;

  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  await waitFor(() => upstream.connections[1], 'the next request').then((connection) =>
    connection.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext'),
  );
  expect((await client.answer()).text).toBe('next');
});

test('what is sent after the end of an exchange is not told to its meter', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  client.socket.write(upload(8 * MIB));
  client.socket.write(Buffer.alloc(MIB));
  await (await upstream.request({ head: true })).answer(413, 'too large');
  await client.answer();
  await proxy.ended();
  client.socket.write(Buffer.alloc(7 * MIB));
  await waitFor(() => client.socket.writableLength === 0 || client.over, 'more of the upload to be taken').catch(
    () => {},
  );
  expect(proxy.exchanges[0]?.late).toEqual([]);
});
