import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const lines = (...more: string[]) => ['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE, ...more];

test.each([
  ['60 KiB in one field', lines(`X-Long: ${'a'.repeat(60 * 1024)}`)],
  ['60 KiB in many fields', lines(...Array.from({ length: 60 }, (_, i) => `X-${i}: ${'a'.repeat(1000)}`))],
  ['900 fields', lines(...Array.from({ length: 900 }, (_, i) => `X-${i}: ${i}`))],
  ['a target of 60 KiB', [`GET /v1/models?q=${'a'.repeat(60 * 1024)} HTTP/1.1`, 'Host: localhost', KEY_LINE]],
])('%s pass', async (_name, request) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answered = exchange(proxy.port, request);
  const seen = await upstream.request();
  expect(seen.target).toBe(request[0]?.split(' ')[1]?.replace('/v1', '/openai/v1'));
  for (const line of request.slice(3)) {
    const [name = '', value] = line.split(': ');
    expect(seen.field(name.toLowerCase())).toBe(value);
  }
  await seen.answer(200);
  expect((await answered).status).toBe(200);
});

test.each([
  ['more than 64 KiB of fields', lines(`X-Long: ${'a'.repeat(70 * 1024)}`)],
  ['a target of more than 64 KiB', [`GET /v1/models?${'a'.repeat(70 * 1024)} HTTP/1.1`, 'Host: localhost', KEY_LINE]],
])('%s are refused: 431', async (_name, request) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  client.socket.write(`${request.join('\r\n')}\r\n\r\n`);
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 431, complete: true });
  expect(answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  expect(upstream.connections).toHaveLength(0);
});

test('more fields than can be counted are refused, not dropped', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const fields = Array.from({ length: 2500 }, (_, i) => `X-${i}: ${i}`);
  const client = await connectClient(proxy.port);
  await client.write(`${lines(...fields, 'X-Last: here').join('\r\n')}\r\n\r\n`);
  await waitFor(() => upstream.connections.length > 0 || client.received.length > 0, 'an answer or a request');
  if (client.received.length > 0) {
    expect((await client.answer()).status).toBe(431);
    return;
  }
  expect((await upstream.request()).field('x-last')).toBe('here');
});

test('an answer with 48 KiB of fields passes', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answered = exchange(proxy.port, lines());
  await (await upstream.request()).answer(200, 'ok', [`X-Long: ${'a'.repeat(48 * 1024)}`]);
  const answer = await answered;
  expect(answer).toMatchObject({ status: 200, text: 'ok' });
  expect(answer.field('x-long')).toHaveLength(48 * 1024);
});
