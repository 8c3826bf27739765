/**
 * Once a part of an answer has gone to the client, its status can't be taken back. The client must then see a broken
 * answer (chunks without their end, fewer bytes than promised), never one that looks complete.
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import type { RawSocket } from '../helpers/raw-socket.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;
const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const BY_LENGTH = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
const UNFRAMED = 'HTTP/1.1 200 OK\r\n\r\n';

const reset = (connection: RawSocket) => connection.reset();
const end = (connection: RawSocket) => connection.end();

test.each([
  ['chunks, reset', CHUNKED, chunk('half'), reset],
  ['chunks, ended without their end', CHUNKED, chunk('half'), end],
  ['chunks, ended inside a chunk', CHUNKED, Buffer.from('8\r\nhalf'), end],
  ['a length, reset', BY_LENGTH, Buffer.from('half'), reset],
  ['a length, ended short of it', BY_LENGTH, Buffer.from('half'), end],
  ['no framing, reset', UNFRAMED, Buffer.from('half'), reset],
])('%s', async (_name, head, body, how) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(Buffer.concat([Buffer.from(head), body]));
  await client.answerBegun(4);

  how(connection);

  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 200, complete: false, text: 'half' });
  expect(answer.framing).toBe(head === BY_LENGTH ? 'length' : 'chunked');
  const [ended] = await proxy.ended();
  expect(ended).toMatchObject({ outcome: 'interrupted', status: 200, responseBytes: 4 });
  expect(ended?.errorType).toBe('upstream_closed');
  expect(upstream.connections).toHaveLength(1);
  await waitFor(() => upstream.open.length === 0, 'the connection upstream to be closed');
});

test.each([
  ['a whole head and nothing of a body in chunks', CHUNKED, end],
  ['a whole head and nothing of a body by length', BY_LENGTH, end],
  ['a whole head and a reset, in chunks', CHUNKED, reset],
  ['a whole head and a reset, by length', BY_LENGTH, reset],
])('%s is never a complete answer', async (_name, head, how) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(head);
  await client.answerBegun();
  how(connection);
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 200, complete: false, text: '' });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'interrupted', errorType: 'upstream_closed' });
});

test.each([
  ['in chunks', CHUNKED, chunk('half')],
  ['by length', BY_LENGTH, Buffer.from('half')],
])('head, half a body and the end of the connection in one packet: never complete, %s', async (_name, head, body) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  connection.socket.end(Buffer.concat([Buffer.from(head), body]));
  await client.ending();
  if (client.received.length > 0) {
    const answer = await client.answer();
    expect(answer.status === 502 || !answer.complete).toBe(true);
  }
  expect((await proxy.ended())[0]?.outcome).not.toBe('complete');
});

test.each([
  ['an invalid chunk size', Buffer.concat([chunk('half'), Buffer.from('XYZ\r\nmore')])],
  ['a chunk longer than it says', Buffer.from('4\r\nhalfmore\r\n')],
])('%s in mid-answer, in one packet with good bytes, breaks it off', async (_name, body) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(Buffer.concat([Buffer.from(CHUNKED), chunk('first')]));
  await client.answerBegun(5);
  await connection.write(body);
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 200, complete: false });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'interrupted', errorType: 'upstream_protocol' });
});

test('an answer that ends with its connection is complete when that ends in order', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(`${UNFRAMED}whole`);
  connection.end();
  expect(await client.answer()).toMatchObject({ complete: true, text: 'whole' });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete' });
});

test('a reset after a complete answer changes nothing', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole');
  connection.reset();
  expect(await client.answer()).toMatchObject({ complete: true, text: 'whole' });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete' });
  expect(client.over).toBe(false);
});

test('what had come before the end reaches a client that reads slowly', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const size = 4 * 1024 * 1024;
  client.socket.pause();
  await client.write(GET);
  const { connection } = await upstream.request();
  connection.socket.end(
    Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`), Buffer.alloc(size)]),
  );
  await waitFor(() => proxy.exchanges[0]?.responseData.length, 'the answer to begin');
  client.socket.resume();
  const answer = await client.answer();
  expect(answer.complete).toBe(true);
  expect(answer.body).toHaveLength(size);
});
