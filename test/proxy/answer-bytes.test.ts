import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { exchange } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const JSON_TEXT = '{"id":"resp_1","output":[{"text":"Grüße ✓ \\u0000"}],"usage":{"input_tokens":3}}\n';
const SSE = 'event: a\r\ndata: {"x":1}\r\n\r\n: comment\n\ndata: [DONE]\n\ndata: no end';
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

test.each([
  ['JSON', 'application/json', undefined, Buffer.from(JSON_TEXT)],
  ['an event stream', 'text/event-stream', undefined, Buffer.from(SSE)],
  ['an event stream with a byte order mark', 'text/event-stream', undefined, Buffer.from(`\ufeff${SSE}`)],
  ['audio', 'audio/mpeg', undefined, Buffer.concat(Array.from({ length: 100 }, () => EVERY_BYTE))],
  ['text that is not UTF-8', 'text/plain; charset=latin1', undefined, Buffer.from('caf\xe9', 'latin1')],
  ['gzip', 'application/json', 'gzip', gzipSync(JSON_TEXT)],
  ['a gzipped event stream', 'text/event-stream', 'gzip', gzipSync(SSE)],
  ['brotli', 'application/json', 'br', brotliCompressSync(JSON_TEXT)],
  ['zstd', 'application/json', 'zstd', zstdCompressSync(JSON_TEXT)],
  ['deflate', 'application/json', 'deflate', deflateSync(JSON_TEXT)],
  ['two encodings', 'application/json', 'gzip, br', brotliCompressSync(gzipSync(JSON_TEXT))],
  ['an encoding nobody knows', 'application/json', 'x-rot13', EVERY_BYTE],
  ['an encoding that is a lie', 'application/json', 'gzip', Buffer.from(JSON_TEXT)],
  ['no content type', undefined, undefined, EVERY_BYTE],
])('%s passes byte for byte, framed by length and in chunks', async (_name, type, encoding, body) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const fields = [
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...(encoding === undefined ? [] : [`Content-Encoding: ${encoding}`]),
  ];
  for (const framing of ['length', 'chunked'] as const) {
    const answered = exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE]);
    const request = await upstream.request();
    if (framing === 'length') await request.answer(200, body, fields);
    else {
      const head = ['HTTP/1.1 200 OK', ...fields, 'Transfer-Encoding: chunked', '', ''].join('\r\n');
      const half = body.length >> 1;
      await request.connection.write(
        Buffer.concat([Buffer.from(head), chunk(body.subarray(0, half)), chunk(body.subarray(half)), chunk()]),
      );
    }
    const answer = await answered;
    expect(answer).toMatchObject({ status: 200, complete: true, framing });
    expect(answer.body.equals(body)).toBe(true);
    expect(answer.field('content-type')).toBe(type);
    expect(answer.field('content-encoding')).toBe(encoding);
  }
  const ends = await proxy.ended(2);
  expect(ends).toMatchObject([{ responseBytes: body.length }, { responseBytes: body.length }]);
  const metered = proxy.exchanges.map(({ responseData }) => Buffer.concat(responseData).equals(body));
  expect(metered).toEqual([true, true]);
});

test.each([299, 400, 402, 418, 429, 500, 503, 529, 599])('status %i passes with its body', async (status) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answered = exchange(proxy.port, [
    'POST /v1/responses HTTP/1.1',
    'Host: localhost',
    KEY_LINE,
    'Content-Length: 0',
  ]);
  await (await upstream.request()).answer(status, '{"error":{}}', ['retry-after: 7', 'x-ratelimit-reset-tokens: 6m0s']);
  const answer = await answered;
  expect(answer).toMatchObject({ status, text: '{"error":{}}' });
  expect(answer.field('retry-after')).toBe('7');
  expect(answer.field('x-ratelimit-reset-tokens')).toBe('6m0s');
  expect((await proxy.ended())[0]).toMatchObject({ status });
});
