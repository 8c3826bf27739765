import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const head = (...lines: string[]) =>
  ['POST /v1/audio/transcriptions HTTP/1.1', 'Host: 127.0.0.1', 'Expect: 100-continue', ...lines, '', ''].join('\r\n');

test('a client that asks first is told to go on, and its body passes', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(head(KEY_LINE, 'Content-Length: 5'));
  expect((await client.answer()).status).toBe(100);
  await client.write('hello');
  const request = await upstream.request();
  expect(request.body.toString()).toBe('hello');
  expect(request.field('expect')).toBeUndefined();
  await request.answer(200, 'ok');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
});

test('a client that does not wait is served as well, on a connection that goes on', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  for (const body of ['hello', 'again']) {
    await client.write(`${head(KEY_LINE, 'Content-Length: 5')}${body}`);
    const request = await upstream.request();
    expect(request.body.toString()).toBe(body);
    await request.answer(200, 'ok');
    let answer = await client.answer();
    if (answer.status === 100) answer = await client.answer();
    expect(answer).toMatchObject({ status: 200, text: 'ok' });
  }
});

test.each([
  ['without a key', head('Content-Length: 5'), 401],
  ['from a web page', head(KEY_LINE, 'Origin: https://evil.example', 'Content-Length: 5'), 403],
  ['on another path', head(KEY_LINE, 'Content-Length: 5').replace('/audio/transcriptions', '/files'), 400],
])('%s it is refused before it has sent its body, and the connection ends', async (_name, bytes, status) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(bytes);
  const answer = await client.answer();
  expect(answer.status).toBe(status);
  expect(answer.field('connection')).toBe('close');
  await client.ending();
  expect(upstream.connections).toHaveLength(0);
});

test('an expectation nobody knows is refused: 417', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(head(KEY_LINE, 'Content-Length: 5').replace('100-continue', 'the-moon'));
  expect((await client.answer()).status).toBe(417);
  expect(upstream.connections).toHaveLength(0);
});
