import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

/** RFC 9110 section 7.6.1: these speak of one connection, and end with it. */
const HOP_BY_HOP = [
  'Keep-Alive: timeout=5',
  'Proxy-Connection: keep-alive',
  'Proxy-Authenticate: Basic',
  'Proxy-Authorization: Basic eDp5',
  'Proxy-Authentication-Info: x',
  'TE: trailers',
  'Trailer: X-Sum',
  'X-Named: by Connection',
  'x-also-NAMED: by Connection',
];
const NAMING = ['Connection: keep-alive, X-Named', 'connection:  X-Also-Named ,,'];

async function pass(requestLines: string[], answerLines: string[]) {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(['GET /v1/models HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, ...requestLines, '', ''].join('\r\n'));
  const request = await upstream.request();
  await request.answer(200, 'ok', answerLines);
  return { request, answer: await client.answer() };
}

test('hop-by-hop fields of a request end here, the others do not', async () => {
  const { request } = await pass([...NAMING, ...HOP_BY_HOP, 'X-Kept: 1'], []);
  const names = request.fields.map(([name]) => name.toLowerCase());
  for (const line of HOP_BY_HOP) expect(names).not.toContain(line.split(':')[0]?.toLowerCase());
  expect(names).toContain('x-kept');
  expect(request.field('connection')).not.toMatch(/named/i);
});

test('hop-by-hop fields of an answer end here, the others do not', async () => {
  const { answer } = await pass([], [...NAMING, ...HOP_BY_HOP, 'Upgrade: h2c', 'X-Kept: 1']);
  const names = answer.fields.map(([name]) => name.toLowerCase());
  for (const line of [...HOP_BY_HOP, 'Upgrade:']) {
    const name = line.split(':')[0]?.toLowerCase();
    if (name !== 'keep-alive') expect(names).not.toContain(name);
  }
  // Our own, about the client's connection.
  expect(answer.field('keep-alive')).not.toBe('timeout=5');
  expect(names).toContain('x-kept');
  expect(answer.field('connection')).not.toMatch(/named/i);
});

test('an answer keeps its length and content type even where Connection names them', async () => {
  const { answer } = await pass([], ['Connection: X-Named', 'X-Named: 1', 'Content-Type: text/plain']);
  expect(answer).toMatchObject({ framing: 'length', text: 'ok' });
  expect(answer.field('content-type')).toBe('text/plain');
});

test('a client can not strip the framing of its body by naming it in Connection', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  const lines = ['Connection: Content-Length, Transfer-Encoding, Host', 'Content-Length: 5'];
  await client.write(['POST /v1/responses HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, ...lines, '', 'hello'].join('\r\n'));
  const request = await upstream.request();
  expect(request.body.toString()).toBe('hello');
  expect(request.field('host')).toBe(`127.0.0.1:${upstream.port}`);
  await request.answer(200);
  await client.answer();
});
