/**
 * A model's words are shown as they come. Each step here waits until the other end has what was written before the
 * next is written: a proxy that held anything back, for more bytes or for an end, would never get to the end of a test.
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test.each([
  ['in chunks', 'Transfer-Encoding: chunked', (data: string) => chunk(data)],
  ['by length', 'Content-Length: 9000', (data: string) => Buffer.from(data)],
  ['by the end of the connection', 'X-A: 1', (data: string) => Buffer.from(data)],
])('a head and each event reach the client before the next is written, framed %s', async (_name, framing, frame) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${framing}\r\n\r\n`);
  expect(await client.answerBegun()).toMatchObject({ status: 200, text: '' });
  let sent = '';
  for (const event of ['data: 1\n\n', ': ping\n\n', 'data: {"half":', '"of it"}', '\n', '\n', 'd', 'ata: [DONE]\n\n']) {
    await connection.write(frame(event));
    sent += event;
    expect((await client.answerBegun(sent.length)).text).toBe(sent);
  }
  expect(proxy.exchanges[0]?.starts).toHaveLength(1);
  expect(Buffer.concat(proxy.exchanges[0]?.responseData ?? []).toString()).toBe(sent);
});

test.each([
  ['in chunks', 'Transfer-Encoding: chunked', (data: string) => chunk(data)],
  ['by length', 'Content-Length: 9000', (data: string) => Buffer.from(data)],
])('each part of an upload reaches upstream before the next is written, framed %s', async (_name, framing, frame) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n${framing}\r\n\r\n`);
  let sent = '';
  await client.write(frame('first '));
  sent += 'first ';
  const connection = await upstream.connection();
  for (const part of ['second ', 't', 'hird']) {
    expect((await connection.begun({ kind: 'request' }, sent.length)).body.toString()).toBe(sent);
    await client.write(frame(part));
    sent += part;
  }
  expect((await connection.begun({ kind: 'request' }, sent.length)).body.toString()).toBe(sent);
});

test('question and answer can take turns within one exchange', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const head = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  await client.write(Buffer.concat([Buffer.from(head), chunk('q0')]));
  const connection = await upstream.connection();
  await connection.begun({ kind: 'request' }, 2);
  await connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (let i = 1; i <= 10; i += 1) {
    await connection.write(chunk(`a${i % 10}`));
    await client.answerBegun(i * 2);
    await client.write(chunk(`q${i % 10}`));
    await connection.begun({ kind: 'request' }, 2 + i * 2);
  }
  await client.write(chunk());
  await waitFor(() => connection.received.toString().endsWith('0\r\n\r\n'), 'the end of the questions');
  await connection.write(chunk());
  expect((await client.answer()).complete).toBe(true);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete', requestBytes: 22, responseBytes: 20 });
});

test('what one packet brought is passed in as few writes', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  await client.answerBegun();
  await connection.write(Buffer.concat([...Array.from({ length: 100 }, (_, i) => chunk(`data: ${i}\n\n`)), chunk()]));
  const answer = await client.answer();
  expect(answer.complete).toBe(true);
  expect(answer.chunks.length).toBeLessThan(10);
});
