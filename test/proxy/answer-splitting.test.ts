/**
 * Threat: something that is not HTTP arrives on a connection while an answer is passing to it (a second program on the
 * same pipe, an attacker who can pipeline through a client). If the proxy wrote its 400 there, those bytes would stand
 * inside the answer that is passing, and the client would take them for what the model said.
 */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const REQUEST = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`;

test.each([
  ['framed by length', 'Content-Length: 400', 'begun'],
  ['framed in chunks', 'Transfer-Encoding: chunked', '5\r\nbegun\r\n'],
])('an answer %s is never mixed with an answer of ours', async (_name, framing, begun) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(REQUEST);
  const request = await upstream.request();
  await request.connection.write(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n${begun}`);
  await client.answerBegun(5);

  await client.write('THIS IS NOT HTTP\r\n\r\n');
  await client.ending();

  expect(client.received.toString()).not.toMatch(/HTTP\/1\.1 400/);
  const answer = await client.answer();
  expect(answer).toMatchObject({ complete: false, text: 'begun' });
  const [end] = await proxy.ended();
  expect(end?.outcome).toBe('interrupted');
});
