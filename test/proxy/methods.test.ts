import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s passes, with and without a body', async (method) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const head = `${method} /v1/models/m HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n`;
  for (const [rest, body] of [
    ['\r\n', ''],
    ['Content-Length: 0\r\n\r\n', ''],
    ['Content-Length: 5\r\n\r\nhello', 'hello'],
    ['Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n', 'hello'],
  ] as const) {
    await client.write(head + rest);
    const request = await upstream.request();
    expect(request.method).toBe(method);
    expect(request.body.toString()).toBe(body);
    await request.answer(200, 'ok');
    expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
  }
});

test('a GET without a body goes out without framing', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  expect(request.framing).toBe('none');
  await request.answer(200);
  await client.answer();
});

test.each(['OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'PURGE'])(
  '%s is refused with 405 and what is allowed',
  async (method) => {
    const upstream = await startRawUpstream();
    const proxy = await startProxy({ upstream });
    const answer = await exchange(proxy.port, [`${method} /v1/models HTTP/1.1`, 'Host: localhost', KEY_LINE]);
    expect(answer.status).toBe(405);
    expect(answer.field('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']);
    expect(answer.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'method_not_allowed' } });
    expect(upstream.connections).toHaveLength(0);
  },
);

test('a method HTTP does not know is no valid request', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, ['FETCH /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(400);
});
