import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const HOST = 'Host: 127.0.0.1';

test.each([
  ['garbage', 'hello\r\n\r\n'],
  ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['an unknown version', `GET /v1/models HTTP/3.7\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`],
  ['a lower-case version', `GET /v1/models http/1.1\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`],
  ['a target beyond ASCII', `GET /v1/models/\xe9 HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`],
  ['a space in the target', `GET /v1/models x HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`],
  ['a NUL in the target', `GET /v1/models/\0 HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`],
  ['a space before a colon', `GET /v1/models HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\nX-A : 1\r\n\r\n`],
  ['a field without a name', `GET /v1/models HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\n: 1\r\n\r\n`],
  ['a field without a colon', `GET /v1/models HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\nX-A\r\n\r\n`],
  ['a field name with a control character', `GET /v1/models HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\nX\x01A: 1\r\n\r\n`],
  ['a field name beyond ASCII', `GET /v1/models HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\nX\xe9: 1\r\n\r\n`],
  ['no Host', `GET /v1/models HTTP/1.1\r\n${KEY_LINE}\r\n\r\n`],
])('%s is answered 400 and let go', async (_name, bytes) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(bytes);
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 400, complete: true });
  expect(answer.field('connection')).toBe('close');
  await client.ending();
  expect(upstream.connections).toHaveLength(0);
});

test.each([
  ['HTTP/0.9 in its first form', `GET /v1/models\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`, 505],
  ['HTTP/0.9', `GET /v1/models HTTP/0.9\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`, 505],
  ['HTTP/2.0', `GET /v1/models HTTP/2.0\r\n${HOST}\r\n${KEY_LINE}\r\n\r\n`, 505],
  ['two Hosts', `GET /v1/models HTTP/1.1\r\n${HOST}\r\nHost: evil.example\r\n${KEY_LINE}\r\n\r\n`, 400],
  [
    'a coding that we do not undo',
    `POST /v1/responses HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    501,
  ],
])('%s is refused', async (_name, bytes, status) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(bytes);
  expect([400, status]).toContain((await client.answer()).status);
  expect(upstream.connections).toHaveLength(0);
});

test('nothing of a broken request is answered back', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: <script>\r\nX\x01: ${KEY_LINE}\r\n\r\n`);
  const answer = await client.answer();
  expect(answer.status).toBe(400);
  expect(answer.text).not.toMatch(/script|local-key/);
});

test('empty lines before a request are passed over', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const client = await connectClient(proxy.port);
  await client.write(`\r\n\r\nGET /healthz HTTP/1.1\r\n${HOST}\r\n\r\n`);
  expect((await client.answer()).status).toBe(200);
});

test('an upload that breaks its framing is cut upstream, never completed', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(
    `POST /v1/responses HTTP/1.1\r\n${HOST}\r\n${KEY_LINE}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
  );
  const connection = await upstream.connection();
  await connection.until(() => connection.received.includes('hello'), 'the first chunk upstream');
  await client.write('not a size\r\n');
  await connection.ending();
  expect(connection.received.toString()).not.toMatch(/\r\n0\r\n\r\n$/);
  await client.ending();
  const [end] = await proxy.ended();
  expect(end?.outcome).not.toBe('complete');
});
