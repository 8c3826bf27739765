/**
 * Clients that would like HTTP/2 offer it with each HTTP/1.1 request (Java's HttpClient does by default, `curl --http2`
 * when asked). A server that does not speak it answers as if the offer were not there (RFC 9110 section 7.8).
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const OFFER = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA';

test('a request that offers h2c is answered over HTTP/1.1', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n${OFFER}\r\n\r\n`);
  const request = await upstream.request();
  expect(request.field('upgrade')).toBeUndefined();
  expect(request.field('http2-settings')).toBeUndefined();
  await request.answer(200, 'ok');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
});

test('its body passes, and the connection serves the next request', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (const body of ['{"a":1}', '{"b":2}']) {
    await client.write(
      `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n${OFFER}\r\nContent-Length: 7\r\n\r\n${body}`,
    );
    const request = await upstream.request();
    expect(request.body.toString()).toBe(body);
    await request.answer(200, 'ok');
    expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
  }
});
