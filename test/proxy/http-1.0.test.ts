import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const GET = `GET /v1/models HTTP/1.0\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test('a client that speaks HTTP/1.0 gets an answer without chunks that ends with the connection', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const request = await upstream.request();
  expect(request.startLine).toBe('GET /openai/v1/models HTTP/1.1');
  await request.connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  await request.connection.write(Buffer.concat([chunk('one '), chunk('two'), chunk()]));
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 200, framing: 'until-close', complete: true, text: 'one two' });
  expect(client.errorCode).toBeUndefined();
});

test('its keep-alive is honoured where the length is known', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (const text of ['first', 'second']) {
    await client.write(GET.replace('\r\n\r\n', '\r\nConnection: keep-alive\r\n\r\n'));
    await (await upstream.request()).answer(200, text);
    expect(await client.answer()).toMatchObject({ status: 200, text, framing: 'length' });
  }
});

test('an answer broken off reaches it as a reset, which a proper end is not', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(GET);
  const { connection } = await upstream.request();
  await connection.write(
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), chunk('one ')]),
  );
  await client.answerBegun(4);
  connection.reset();
  await client.until(() => client.closed, 'the connection to close');
  expect(client.errorCode).toBe('ECONNRESET');
  expect(client.finished).toBe(false);
});

test('an upstream that speaks HTTP/1.0 is passed on, and not kept', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (const text of ['first', 'second']) {
    await client.write(GET.replace('HTTP/1.0', 'HTTP/1.1'));
    const { connection } = await upstream.request();
    await connection.write(`HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\n${text}`);
    connection.end();
    const answer = await client.answer();
    expect(answer).toMatchObject({ startLine: 'HTTP/1.1 200 OK', framing: 'chunked', complete: true, text });
  }
  expect(upstream.connections).toHaveLength(2);
});
