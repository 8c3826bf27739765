/**
 * Threat: request smuggling. Where the proxy and the server behind it disagree on where a request ends, the rest of
 * one client's body becomes the start of another request on the shared connection upstream, sent with our token (RFC
 * 9112 sections 6.1, 6.3 and 11.2). Each ambiguous request is refused and its connection closed; nothing of what it
 * tried to smuggle may arrive.
 */
import { expect, test } from 'vitest';
import { readHttpMessage } from '../helpers/http-message.js';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const SMUGGLED = 'GET /openai/v1/models/smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
const HEAD = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n`;

test.each([
  ['length and chunks', `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['chunks and length', `Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['two different lengths', `Content-Length: 0\r\nContent-Length: 60\r\n\r\n${SMUGGLED}`],
  ['two lengths in one field', `Content-Length: 0, 60\r\n\r\n${SMUGGLED}`],
  ['a signed length', `Content-Length: +5\r\n\r\nhello${SMUGGLED}`],
  ['a negative length', `Content-Length: -1\r\n\r\n${SMUGGLED}`],
  ['a length in hexadecimal', `Content-Length: 0x5\r\n\r\nhello${SMUGGLED}`],
  ['a length with a fraction', `Content-Length: 5.0\r\n\r\nhello${SMUGGLED}`],
  ['an empty length', `Content-Length: \r\n\r\n${SMUGGLED}`],
  ['a length beyond 64 bits', `Content-Length: 18446744073709551621\r\n\r\nhello${SMUGGLED}`],
  ['a length beyond 53 bits', `Content-Length: 9007199254740993x\r\n\r\nhello${SMUGGLED}`],
  ['chunked that is not the last coding', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['an unknown coding', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['identity', `Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['chunked in quotes', `Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['chunked twice', `Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['chunked and another field of it', `Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['a space before the colon', `Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['a vertical tab before chunked', `Transfer-Encoding: \x0bchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  [
    'a field that goes on in the next line',
    `Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  ],
  ['a bare line feed after a field', `X-A: 1\nContent-Length: 5\r\n\r\nhello${SMUGGLED}`],
  [
    'a bare line feed hiding a field',
    `X-A: 1\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  ],
  [
    'a bare carriage return in a value',
    `X-A: 1\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  ],
  ['a NUL in a value', `X-A: 1\0\r\nContent-Length: 5\r\n\r\nhello${SMUGGLED}`],
  ['a NUL in the coding', `Transfer-Encoding: chunked\0\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['a chunk size with a sign', `Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n${SMUGGLED}`],
  ['a chunk size in 0x', `Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n${SMUGGLED}`],
  [
    'a chunk size beyond 64 bits',
    `Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n${SMUGGLED}`,
  ],
  ['a chunk longer than it says', `Transfer-Encoding: chunked\r\n\r\n5\r\nhello${SMUGGLED}`],
  ['a bare line feed after a chunk size', `Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n${SMUGGLED}`],
  ['a bare line feed in a chunk extension', `Transfer-Encoding: chunked\r\n\r\n5;a\nhello\r\n0\r\n\r\n${SMUGGLED}`],
  ['a bare line feed after a chunk', `Transfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n${SMUGGLED}`],
])('%s', async (_name, rest) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(HEAD + rest);
  await client.ending();

  // Refusals only, or nothing where the request had already been let through: then its connection is cut.
  if (client.received.length === 0) expect(client.errorCode).toBe('ECONNRESET');
  while (client.received.length > 0) expect([400, 501]).toContain((await client.answer()).status);
  // Where a first chunk had already passed, its request must have been cut, not completed.
  for (const connection of upstream.connections) {
    await connection.ending();
    const arrived = readHttpMessage(connection.received, { kind: 'request' });
    expect(arrived?.complete ?? false).toBe(false);
    expect(connection.received.toString('latin1')).not.toContain('smuggled');
  }
});

test('a well-formed second request on the connection is judged by itself', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`${HEAD}Content-Length: 5\r\n\r\nhello${SMUGGLED}`);
  const request = await upstream.request();
  expect(request.body.toString()).toBe('hello');
  await request.answer(200, 'ok');
  expect((await client.answer()).status).toBe(200);
  // It has a foreign Host and no key.
  expect((await client.answer()).status).toBe(403);
  expect(upstream.connections).toHaveLength(1);
});

test('a body after a GET without framing is a request of its own', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n${SMUGGLED}`);
  const request = await upstream.request();
  expect(request.framing).toBe('none');
  await request.answer(200);
  expect((await client.answer()).status).toBe(200);
  expect((await client.answer()).status).toBe(403);
  expect(upstream.connections[0]?.received.length).toBe(0);
});
