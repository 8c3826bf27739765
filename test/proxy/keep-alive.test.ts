import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test('many requests go over one connection on either side', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (let i = 0; i < 50; i += 1) {
    await client.write(GET);
    await (await upstream.request()).answer(200, `${i}`);
    expect((await client.answer()).text).toBe(`${i}`);
  }
  expect(upstream.connections).toHaveLength(1);
});

test('clients that ask at the same time share no connection', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const clients = await Promise.all(Array.from({ length: 20 }, () => connectClient(proxy.port)));
  await Promise.all(clients.map((client) => client.write(GET)));
  await waitFor(() => upstream.connections.length === 20, '20 connections upstream');
});

test('a client that wants its connection closed has it closed, and the one upstream is kept', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  for (let i = 0; i < 3; i += 1) {
    const client = await connectClient(proxy.port);
    await client.write(GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    await (await upstream.request()).answer(200, 'ok');
    const answer = await client.answer();
    expect(answer.field('connection')).toBe('close');
    await client.ending();
  }
  expect(upstream.connections).toHaveLength(1);
});

test('an upstream that wants its connection closed has it closed, and the client keeps its own', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (let i = 0; i < 3; i += 1) {
    await client.write(GET);
    const request = await upstream.request();
    await request.answer(200, 'ok', ['Connection: close']);
    const answer = await client.answer();
    expect(answer.field('connection')).not.toBe('close');
    await request.connection.ending();
  }
  expect(upstream.connections).toHaveLength(3);
});

test('bytes that nobody asked for on a kept connection are nobody’s answer', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const first = await upstream.request();
  await first.answer(200, 'first');
  await client.answer();
  await first.answer(200, 'unasked');
  await first.connection.ending();
  await client.write(GET);
  const second = await upstream.request();
  await second.answer(200, 'second');
  expect((await client.answer()).text).toBe('second');
});

test('an answer longer than it says does not become the next one’s', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const first = await upstream.request();
  const surplus = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison';
  await first.connection.write(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst${surplus}`);
  expect((await client.answer()).text).toBe('first');
  await client.write(GET);
  await waitFor(() => upstream.connections.length === 2, 'a connection of its own for the second request');
  await (await upstream.request()).answer(200, 'second');
  expect((await client.answer()).text).toBe('second');
});

test('a connection is not used beyond the time its server gives it', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  // A second less than it says counts: of one second nothing is left. The next answer says nothing of a time.
  for (const [hint, connections] of [
    ['Keep-Alive: timeout=60', 1],
    ['Keep-Alive: max=100, timeout=1', 1],
    ['X-Nothing: said', 2],
    ['X-Nothing: said', 2],
  ] as const) {
    await client.write(GET);
    await (await upstream.request()).answer(200, 'ok', [hint]);
    await client.answer();
    expect(upstream.connections).toHaveLength(connections);
  }
});

test('of many connections 64 are kept when they are idle', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const clients = await Promise.all(Array.from({ length: 70 }, () => connectClient(proxy.port)));
  await Promise.all(clients.map((client) => client.write(GET)));
  await waitFor(() => upstream.connections.length === clients.length, 'a connection for each');
  for (const _ of clients) await (await upstream.request()).answer(200, 'ok');
  await Promise.all(clients.map((client) => client.answer()));
  await waitFor(() => upstream.open.length === 64, 'six connections to close');
});
