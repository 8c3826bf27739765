import { expect, test } from 'vitest';
import { connectClient, type RawClient } from '../helpers/raw-client.js';
import { type RawUpstream, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;
const POST = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: 7\r\n\r\n{"a":1}`;

/** Makes `count` connections upstream, all kept and idle. */
async function keepConnections(count: number, clients: RawClient[], upstream: RawUpstream): Promise<void> {
  await Promise.all(clients.slice(0, count).map((client) => client.write(GET)));
  const requests = await Promise.all(Array.from({ length: count }, () => upstream.connection()));
  for (const _ of requests) await (await upstream.request()).answer(200, 'kept');
  for (const client of clients.slice(0, count)) await client.answer();
}

test.each([
  ['GET', GET, ''],
  ['POST', POST, '{"a":1}'],
])('a kept connection that turns out dead costs a %s nothing', async (_name, bytes, body) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await keepConnections(1, [client], upstream);

  await client.write(bytes);
  const first = await upstream.request();
  expect(upstream.connections).toHaveLength(1);
  first.connection.reset();
  const second = await upstream.request();
  expect(second.connection).not.toBe(first.connection);
  expect(second.startLine).toBe(first.startLine);
  expect(second.fields).toEqual(first.fields);
  expect(second.body.toString()).toBe(body);
  await second.answer(200, 'ok');

  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
  const [, end] = await proxy.ended(2);
  expect(end).toMatchObject({ outcome: 'complete', status: 200, requestBytes: body.length });
  expect(end?.errorType).toBeUndefined();
  expect(end?.sentTwice).toBe(true);
});

test('a kept connection that is closed in order, instead of an answer, is dead too', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await keepConnections(1, [client], upstream);

  await client.write(POST);
  (await upstream.request()).connection.end();
  await (await upstream.request()).answer(200, 'ok');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
});

test('the second try is the last', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await keepConnections(1, [client], upstream);

  await client.write(POST);
  (await upstream.request()).connection.reset();
  (await upstream.request()).connection.reset();

  const answer = await client.answer();
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { code: 'upstream_reset' } });
  expect(upstream.connections).toHaveLength(2);
});

test('where all kept connections are dead, as after a sleep, the second try goes out on a new one', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const clients = await Promise.all(Array.from({ length: 3 }, () => connectClient(proxy.port)));
  await keepConnections(3, clients, upstream);
  const kept = [...upstream.connections];
  for (const { socket } of kept) socket.on('data', () => socket.resetAndDestroy());

  const [client] = clients as [RawClient];
  await client.write(POST);
  const answered = client.answer();
  await waitFor(() => upstream.connections.length > kept.length || client.received.length > 0, 'a new connection');
  expect(upstream.connections.length).toBeGreaterThan(kept.length);
  let request = await upstream.request();
  // The first try reached a dead connection.
  if (kept.includes(request.connection)) request = await upstream.request();
  expect(kept).not.toContain(request.connection);
  await request.answer(200, 'ok');
  expect(await answered).toMatchObject({ status: 200, text: 'ok' });
});

test.each([
  ['a part of a head', 'HTTP/1.1 200 O'],
  ['an informational head', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('nothing is sent again once %s came back', async (_name, bytes) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await keepConnections(1, [client], upstream);

  await client.write(POST);
  const { connection } = await upstream.request();
  await connection.write(bytes);
  connection.end();

  const answer = await client.answer();
  expect(answer.status).toBe(502);
  expect(upstream.connections).toHaveLength(1);
});

test('a new connection that is reset is not tried again', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(POST);
  (await upstream.request()).connection.reset();
  expect((await client.answer()).status).toBe(502);
  expect(upstream.connections).toHaveLength(1);
});

test('a body too large to keep is not sent again', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await keepConnections(1, [client], upstream);

  const size = 3 * 1024 * 1024;
  await client.write(
    `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: ${size}\r\n\r\n`,
  );
  client.socket.write(Buffer.alloc(size));
  const request = await upstream.request();
  expect(request.body).toHaveLength(size);
  request.connection.reset();
  const answer = await client.answer();
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { code: 'upstream_reset' } });
  expect(upstream.connections).toHaveLength(1);
});
