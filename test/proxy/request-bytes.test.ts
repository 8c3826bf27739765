import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
const JSON_TEXT = '{ "model" : "gpt-5", "stream":true,\r\n"input":"Grüße \\ud83d\\ude00 ✓" }\n';
const MULTIPART = Buffer.concat([
  Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="ü.wav"\r\n\r\n'),
  EVERY_BYTE,
  Buffer.from('\r\n--x\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n--x--\r\n'),
]);

test.each([
  ['JSON', 'application/json', undefined, Buffer.from(JSON_TEXT)],
  ['multipart', 'multipart/form-data; boundary=x', undefined, MULTIPART],
  ['binary', 'application/octet-stream', undefined, EVERY_BYTE],
  ['gzip', 'application/json', 'gzip', gzipSync(JSON_TEXT)],
  ['brotli', 'application/json', 'br', brotliCompressSync(JSON_TEXT)],
  ['zstd', 'application/json', 'zstd', zstdCompressSync(JSON_TEXT)],
  [
    '2 MiB, more than is kept to be sent again',
    'application/json',
    undefined,
    Buffer.alloc(2 * 1024 * 1024, EVERY_BYTE),
  ],
])('%s passes byte for byte, framed by length and in chunks', async (_name, type, encoding, body) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (const framing of ['length', 'chunked'] as const) {
    const head = [
      'POST /v1/audio/transcriptions HTTP/1.1',
      'Host: 127.0.0.1',
      KEY_LINE,
      `Content-Type: ${type}`,
      ...(encoding === undefined ? [] : [`Content-Encoding: ${encoding}`]),
      framing === 'length' ? `Content-Length: ${body.length}` : 'Transfer-Encoding: chunked',
      '',
      '',
    ].join('\r\n');
    const chunks = [`${body.length.toString(16)}\r\n`, body, '\r\n0\r\n\r\n'];
    for (const part of framing === 'length' ? [head, body] : [head, ...chunks]) client.socket.write(part);
    const request = await upstream.request();
    expect(request.body.equals(body)).toBe(true);
    expect(request.field('content-type')).toBe(type);
    expect(request.field('content-encoding')).toBe(encoding);
    await request.answer(200);
    await client.answer();
  }
  const ends = await proxy.ended(2);
  expect(ends).toMatchObject([{ requestBytes: body.length }, { requestBytes: body.length }]);
  const metered = proxy.exchanges.map(({ requestData }) => Buffer.concat(requestData).equals(body));
  expect(metered).toEqual([true, true]);
});
