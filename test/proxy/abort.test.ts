import { expect, test } from 'vitest';
import { connectClient, type RawClient } from '../helpers/raw-client.js';
import type { RawSocket } from '../helpers/raw-socket.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { settled } from '../helpers/settled.js';
import { accessTo, KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;
const STREAM = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const UPLOAD = `POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: 50000000\r\n\r\n`;

/** Brings an exchange to a point; gives upstream's end of it. */
interface Stage {
  readonly reach: (client: RawClient, next: () => Promise<RawSocket>) => Promise<RawSocket>;
  readonly status: number | undefined;
}

const STAGES: Record<string, Stage> = {
  'before the head': {
    async reach(client, next) {
      await client.write(GET);
      const connection = await next();
      await connection.until(() => connection.received.includes('\r\n\r\n'), 'the request upstream');
      return connection;
    },
    status: undefined,
  },
  'in a quiet stream': {
    async reach(client, next) {
      await client.write(GET);
      const connection = await next();
      await connection.until(() => connection.received.includes('\r\n\r\n'), 'the request upstream');
      await connection.write(Buffer.concat([Buffer.from(STREAM), chunk('data: 1\n\n')]));
      await client.answerBegun(9);
      return connection;
    },
    status: 200,
  },
  'after the head alone': {
    async reach(client, next) {
      await client.write(GET);
      const connection = await next();
      await connection.write(STREAM);
      await client.answerBegun();
      return connection;
    },
    status: 200,
  },
  'in a busy stream': {
    async reach(client, next) {
      await client.write(GET);
      const connection = await next();
      await connection.write(STREAM);
      const event = chunk(`data: ${'x'.repeat(1000)}\n\n`);
      const more = () => {
        if (connection.closed) return;
        connection.socket.write(event);
        setImmediate(more);
      };
      more();
      await client.answerBegun(50_000);
      return connection;
    },
    status: 200,
  },
  'during an upload': {
    async reach(client, next) {
      await client.write(UPLOAD);
      await client.write(Buffer.alloc(200_000));
      const connection = await next();
      await connection.until(() => connection.received.length > 200_000, 'the upload upstream');
      return connection;
    },
    status: undefined,
  },
  'during an upload that upstream does not read': {
    async reach(client, next) {
      await client.write(UPLOAD);
      client.socket.write(Buffer.alloc(40_000_000));
      const connection = await next();
      connection.socket.pause();
      await settled(() => client.socket.writableLength);
      return connection;
    },
    status: undefined,
  },
};

for (const [name, { reach, status }] of Object.entries(STAGES)) {
  test.each([
    ['leaves in order', (client: RawClient) => client.socket.destroy()],
    ['breaks off', (client: RawClient) => client.reset()],
  ])(`a client that %s ${name} ends it upstream`, async (_how, leave) => {
    const upstream = await startRawUpstream();
    const proxy = await startProxy({ upstream });
    const client = await connectClient(proxy.port);
    const connection = await reach(client, () => upstream.connection());

    leave(client);
    connection.socket.resume();

    await waitFor(() => connection.closed, 'the connection upstream to end');
    const [end] = await proxy.ended();
    expect(end).toMatchObject({ outcome: 'interrupted', errorType: 'client_abort', status });
    expect(proxy.server.inFlight).toBe(0);
    expect(upstream.open).toHaveLength(0);
  });
}

test('a client that leaves while the session is asked never reaches upstream', async () => {
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
  await client.write(GET);
  await waitFor(() => give, 'the session to be asked');
  client.reset();
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'interrupted', errorType: 'client_abort' });
  give?.();
  await proxy.stop();
  expect(upstream.connections).toHaveLength(0);
});

test('a client that leaves while a refused token is refreshed ends both tries', async () => {
  const upstream = await startRawUpstream();
  let give: (() => void) | undefined;
  const proxy = await startProxy({
    upstream,
    upstreamAccess: {
      accessAfterRefusal: () =>
        new Promise((resolve) => {
          give = () => resolve({ ...accessTo(upstream), upstreamToken: 'fresh' });
        }),
    },
  });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  await (await upstream.request()).answer(401, 'no');
  await waitFor(() => give, 'a refresh');
  client.reset();
  await proxy.ended();
  give?.();
  await proxy.stop();
  expect(upstream.connections).toHaveLength(1);
});

test('an abort does not touch the exchange of another client', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const leaving = await connectClient(proxy.port);
  const staying = await connectClient(proxy.port);
  await leaving.write(GET);
  const first = await upstream.request();
  await staying.write(GET);
  const second = await upstream.request();
  leaving.reset();
  await waitFor(() => first.connection.closed, 'the first to end upstream');
  await second.answer(200, 'still here');
  expect((await staying.answer()).text).toBe('still here');
});
