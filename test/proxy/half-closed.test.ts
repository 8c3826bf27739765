/**
 * A client may close its sending half when it has sent its request and go on reading (HTTP/1.0 tools, `nc -N`). Most
 * servers take that for an abort; it must in any case not leave anything hanging.
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const GET = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test('a half-closed client gets its whole answer, or upstream is let go at once', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port, { allowHalfOpen: true });
  await client.write(GET);
  const { connection } = await upstream.request();
  client.end();
  const letGo = await Promise.race([
    waitFor(() => connection.over, 'upstream to be let go', 500).then(
      () => true,
      () => false,
    ),
  ]);
  if (letGo) {
    expect((await proxy.ended())[0]).toMatchObject({ outcome: 'interrupted', errorType: 'client_abort' });
  } else {
    await connection.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    expect(await client.answer()).toMatchObject({ complete: true, text: 'ok' });
  }
  await client.ending();
});

test('a half-closed client in mid-stream does not get a complete answer from half of one', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port, { allowHalfOpen: true });
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), chunk('half')]),
  );
  await client.answerBegun(4);
  client.end();
  await waitFor(() => client.over || connection.over, 'either side to end');
  if (connection.over) {
    await client.ending();
    expect(await client.answer()).toMatchObject({ complete: false, text: 'half' });
  }
});

test('an upload that a client ends half-way is not completed upstream', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port, { allowHalfOpen: true });
  await client.write(
    `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
  );
  const connection = await upstream.connection();
  await connection.until(() => connection.received.includes('hello'), 'the first chunk upstream');
  client.end();
  await connection.ending();
  expect(connection.received.toString()).not.toMatch(/0\r\n\r\n$/);
  expect((await proxy.ended())[0]?.outcome).not.toBe('complete');
  await client.ending();
});
