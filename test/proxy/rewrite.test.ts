/** The one change to bodies that a user agreed to (asking for usage on a stream's behalf), whatever it is. */
import { expect, test } from 'vitest';
import type { BodyRewrite } from '../../src/shared/exchange.js';
import { connectClient } from '../helpers/raw-client.js';
import { chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { accessTo, KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const MIB = 1024 * 1024;
const head = (...lines: string[]) =>
  ['POST /v1/chat/completions HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, ...lines, '', ''].join('\r\n');

/** Turns "a" into "AAA", and ends a body with "!"; answers lose every "-". */
function shouting(calls: string[] = []): BodyRewrite {
  const shout = (bytes: Buffer) => Buffer.from(bytes.toString().replaceAll('a', 'AAA'));
  return {
    request(body) {
      calls.push('request');
      return Buffer.concat([shout(body), Buffer.from('!')]);
    },
    requestStream() {
      calls.push('requestStream');
      return { push: shout, flush: () => Buffer.from('!') };
    },
    response(status) {
      calls.push(`response ${status}`);
      return {
        push: (bytes) => Buffer.from(bytes.toString().replaceAll('-', '')),
        flush: () => Buffer.from('.'),
      };
    },
  };
}

test.each([
  ['by length', 'Content-Length: 3', 'bab'],
  ['in chunks', 'Transfer-Encoding: chunked', '1\r\nb\r\n2\r\nab\r\n0\r\n\r\n'],
])('a body is changed whole, and its length with it: %s', async (_name, framing, body) => {
  const upstream = await startRawUpstream();
  const calls: string[] = [];
  const proxy = await startProxy({ upstream, rewrite: () => shouting(calls) });
  const client = await connectClient(proxy.port);
  await client.write(head(framing) + body);
  const request = await upstream.request();
  expect(request.body.toString()).toBe('bAAAb!');
  await request.answer(200, 'o-k-');
  // Withheld bytes make a promised length a lie.
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok.', complete: true, framing: 'chunked' });
  expect(calls).toEqual(['request', 'response 200']);
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'complete', requestBytes: 3, responseBytes: 3 });
  // The meter sees what the client sent and what upstream answered.
  expect(Buffer.concat(proxy.exchanges[0]?.requestData ?? []).toString()).toBe('bab');
  expect(Buffer.concat(proxy.exchanges[0]?.responseData ?? []).toString()).toBe('o-k-');
});

test.each([
  ['by length', (size: number) => `Content-Length: ${size}`],
  ['in chunks', () => 'Transfer-Encoding: chunked'],
])('a body too large to hold is changed as it passes: %s', async (_name, framing) => {
  const upstream = await startRawUpstream();
  const calls: string[] = [];
  const proxy = await startProxy({ upstream, rewrite: () => shouting(calls) });
  const client = await connectClient(proxy.port);
  const body = Buffer.alloc(1.25 * MIB, 'ba');
  const line = framing(body.length);
  client.socket.write(head(line));
  client.socket.write(line.startsWith('Transfer') ? Buffer.concat([chunk(body), chunk()]) : body);
  const request = await upstream.request();
  expect(request.framing).toBe('chunked');
  expect(request.body.toString() === `${'bAAA'.repeat(body.length / 2)}!`).toBe(true);
  await request.answer(200, 'ok');
  expect((await client.answer()).text).toBe('ok.');
  expect(calls).toEqual(['requestStream', 'response 200']);
});

test('a body that is not changed passes with its own length', async () => {
  const upstream = await startRawUpstream();
  const unchanged: BodyRewrite = {
    request: () => undefined,
    requestStream: () => ({ push: (bytes) => bytes, flush: () => Buffer.alloc(0) }),
    response: () => undefined,
  };
  const proxy = await startProxy({ upstream, rewrite: () => unchanged });
  const client = await connectClient(proxy.port);
  await client.write(`${head('Content-Length: 3')}bab`);
  const request = await upstream.request();
  expect(request).toMatchObject({ framing: 'length' });
  expect(request.body.toString()).toBe('bab');
  await request.answer(200, 'o-k');
  expect(await client.answer()).toMatchObject({ framing: 'length', text: 'o-k' });
});

test.each([
  ['a refused token', 'refused'],
  ['a dead connection', 'stale'],
])('after %s the changed body is sent again, changed once', async (_name, fault) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({
    upstream,
    rewrite: () => shouting(),
    upstreamAccess: { accessAfterRefusal: async () => ({ ...accessTo(upstream), upstreamToken: 'fresh' }) },
  });
  const client = await connectClient(proxy.port);
  const bytes = `${head('Content-Length: 3')}bab`;
  if (fault === 'stale') {
    await client.write(bytes);
    await (await upstream.request()).answer(200);
    await client.answer();
  }
  await client.write(bytes);
  const first = await upstream.request();
  if (fault === 'stale') first.connection.reset();
  else await first.answer(401, '-');
  const second = await upstream.request();
  expect(second.body.toString()).toBe('bAAAb!');
  await second.answer(200, 'o-k');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok.' });
});

test('an event that is withheld whole leaves nothing behind, and the next one comes in time', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, rewrite: () => shouting() });
  const client = await connectClient(proxy.port);
  await client.write(`${head('Content-Length: 3')}bab`);
  const { connection } = await upstream.request();
  await connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  await connection.write(chunk('one'));
  await client.answerBegun(3);
  await connection.write(chunk('---'));
  await connection.write(chunk('two'));
  expect((await client.answerBegun(6)).text).toBe('onetwo');
  await connection.write(chunk());
  expect(await client.answer()).toMatchObject({ complete: true, text: 'onetwo.' });
});

test('an answer that breaks off is not ended by what the filter held', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, rewrite: () => shouting() });
  const client = await connectClient(proxy.port);
  await client.write(`${head('Content-Length: 3')}bab`);
  const { connection } = await upstream.request();
  await connection.write(
    Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), chunk('half')]),
  );
  await client.answerBegun(4);
  connection.end();
  expect(await client.answer()).toMatchObject({ complete: false, text: 'half' });
});
