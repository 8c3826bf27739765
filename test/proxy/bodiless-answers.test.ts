import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const request = (method: string) => `${method} /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test.each([
  ['HEAD with a length', 'HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: "a"\r\n\r\n', 200],
  ['HEAD with chunks', 'HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: "a"\r\n\r\n', 200],
  ['HEAD without either', 'HEAD', 'HTTP/1.1 200 OK\r\nETag: "a"\r\n\r\n', 200],
  ['HEAD that fails', 'HEAD', 'HTTP/1.1 404 Not Found\r\nContent-Length: 77\r\nETag: "a"\r\n\r\n', 404],
  ['204', 'DELETE', 'HTTP/1.1 204 No Content\r\nETag: "a"\r\n\r\n', 204],
  ['304', 'GET', 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', 304],
  ['304 with a length', 'GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\nETag: "a"\r\n\r\n', 304],
  [
    '204 that says chunked',
    'DELETE',
    'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\nETag: "a"\r\n\r\n',
    204,
  ],
  ['304 that says chunked', 'GET', 'HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\nETag: "a"\r\n\r\n', 304],
  ['205', 'POST', 'HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\nETag: "a"\r\n\r\n', 205],
])('%s: head and no body, and the connection goes on', async (_name, method, bytes, status) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(request(method));
  const first = await upstream.request();
  await first.connection.write(bytes);
  const answer = await client.answer({ toHead: method === 'HEAD' });
  expect(answer).toMatchObject({ status, complete: true, text: '' });
  expect(answer.field('etag')).toBe('"a"');
  const length = /Content-Length: (\d+)/.exec(bytes)?.[1];
  if (method === 'HEAD' && length !== undefined) expect(answer.field('content-length')).toBe(length);

  await client.write(request('GET'));
  const second = await upstream.request();
  await second.answer(200, 'next');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'next' });
  const ends = await proxy.ended(2);
  expect(ends[0]).toMatchObject({ status, responseBytes: 0, requestBytes: 0 });
});

test('an empty answer of length 0 stays one', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(request('GET'));
  await (await upstream.request()).answer(200);
  const answer = await client.answer();
  expect(answer).toMatchObject({ framing: 'length', complete: true, text: '' });
});
