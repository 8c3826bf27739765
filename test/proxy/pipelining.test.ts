import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const get = (model: string) => `GET /v1/models/${model} HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test('answers come in the order of the requests, whichever is ready first', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(get('a') + get('b') + get('c'));
  const requests = [await upstream.request(), await upstream.request(), await upstream.request()];
  for (const request of requests.reverse()) await request.answer(200, request.target);

  const texts = [(await client.answer()).text, (await client.answer()).text, (await client.answer()).text];
  expect(texts).toEqual(['/openai/v1/models/a', '/openai/v1/models/b', '/openai/v1/models/c']);
});

test('a stream that waits for its turn comes whole, chunk for chunk', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(get('a') + get('b'));
  const [first, second] = [await upstream.request(), await upstream.request()];
  await second.connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  await second.connection.write(chunk('one '));
  await waitFor(() => proxy.exchanges[1]?.responseData.length, 'the second answer to begin');
  await first.connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  await first.connection.write(Buffer.concat([chunk('first'), chunk()]));
  expect(await client.answer()).toMatchObject({ complete: true, text: 'first', framing: 'chunked' });
  await client.answerBegun(4);
  await second.connection.write(Buffer.concat([chunk('two'), chunk()]));
  expect(await client.answer()).toMatchObject({ complete: true, text: 'one two', framing: 'chunked' });
});

test('a client that leaves ends all the requests it had pipelined', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(get('a') + get('b'));
  await upstream.request();
  await upstream.request();

  client.reset();

  await waitFor(() => upstream.open.length === 0, 'both requests to end upstream');
  const ends = await proxy.ended(2);
  expect(ends.map(({ errorType }) => errorType)).toEqual(['client_abort', 'client_abort']);
});

test('a pipelined answer that has to wait does not pile up in memory', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(get('a') + get('b'));
  const first = await upstream.request();
  const second = await upstream.request();
  const size = 64 * 1024 * 1024;
  const { socket } = second.connection;
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
  let written = 0;
  while (written < size && socket.write(Buffer.alloc(1024 * 1024))) written += 1024 * 1024;
  socket.write(Buffer.alloc(size - written));

  // The kernel's buffers on both connections take a few megabytes; the rest must still be here.
  await waitFor(() => socket.bytesWritten > 64 * 1024, 'the second answer to begin');
  await first.answer(200, 'first');
  expect((await client.answer()).text).toBe('first');
  expect(socket.writableLength).toBeGreaterThan(size / 2);
});
