import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { answerBytes, startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const REQUEST = `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nContent-Length: 2\r\n\r\n{}`;

test.each([
  ['102', 'HTTP/1.1 102 Processing\r\n\r\n'],
  ['103', 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n'],
  ['several', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n'],
])('the final answer passes after %s', async (_name, informational) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(REQUEST);
  const request = await upstream.request();
  await request.connection.write(informational);
  await request.answer(201, 'made', ['X-Id: 7']);

  // RFC 9110 section 15.2 lets a proxy keep what informs about the connection behind it; the answer must be whole.
  let answer = await client.answer();
  while (answer.status < 200) answer = await client.answer();
  expect(answer).toMatchObject({ status: 201, text: 'made', complete: true });
  expect(answer.field('x-id')).toBe('7');
});

test('an informational head and the final one in a single packet pass', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(REQUEST);
  const { connection } = await upstream.request();
  await connection.write(Buffer.concat([Buffer.from('HTTP/1.1 103 Hints\r\n\r\n'), answerBytes(200, 'ok')]));

  let answer = await client.answer();
  while (answer.status < 200) answer = await client.answer();
  expect(answer).toMatchObject({ status: 200, text: 'ok' });
});

test.each([
  ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\nbytes'],
  // An "Expect" is answered by the proxy and never goes upstream, so nobody waits for it.
  ['a 100 Continue', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
])('%s that nobody asked for is a broken answer', async (_name, bytes) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(REQUEST);
  const { connection } = await upstream.request();
  await connection.write(bytes);

  const answer = await client.answer();
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { type: 'api_error', code: 'upstream_protocol' } });
  const [end] = await proxy.ended();
  expect(end?.outcome).toBe('failed');
});
