import { expect, test } from 'vitest';
import type { UpstreamAccess } from '../../src/session/session.js';
import { MeshbarError } from '../../src/shared/errors.js';
import { wordsOf } from '../helpers/error-words.js';
import { valuesOf } from '../helpers/http-message.js';
import { connectClient } from '../helpers/raw-client.js';
import { answerBytes, chunk, startRawUpstream } from '../helpers/raw-upstream.js';
import { accessTo, KEY_LINE, PROJECT_ID, startProxy, UPSTREAM_TOKEN } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const head = (...lines: string[]) =>
  ['POST /v1/responses HTTP/1.1', 'Host: 127.0.0.1', KEY_LINE, 'X-Kept: 1', ...lines, '', ''].join('\r\n');

/** A proxy whose session gives `fresh` once upstream has refused the token it had. */
async function setUp(fresh: string | undefined | Error) {
  const upstream = await startRawUpstream();
  const refused: string[] = [];
  const proxy = await startProxy({
    upstream,
    upstreamAccess: {
      async accessAfterRefusal(token): Promise<UpstreamAccess | undefined> {
        refused.push(token);
        if (fresh instanceof Error) throw fresh;
        return fresh === undefined ? undefined : { ...accessTo(upstream), upstreamToken: fresh, projectId: 'another' };
      },
    },
  });
  return { upstream, proxy, refused, client: await connectClient(proxy.port) };
}

test.each([
  ['by length', 'Content-Length: 7', '{"a":1}'],
  ['in chunks', 'Transfer-Encoding: chunked', '3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n'],
])('a 401 is tried again with another token, body and all: %s', async (_name, framing, body) => {
  const { upstream, proxy, refused, client } = await setUp('fresh');
  await client.write(head(framing) + body);
  const first = await upstream.request();
  expect(first.field('authorization')).toBe(`Bearer ${UPSTREAM_TOKEN}`);
  await first.answer(401, '{"error":"expired"}');
  const second = await upstream.request();
  expect(second.startLine).toBe(first.startLine);
  expect(second.field('authorization')).toBe('Bearer fresh');
  // An exchange keeps the project it began with.
  expect(second.field('meshagent-project-id')).toBe(PROJECT_ID);
  expect(second.field('x-kept')).toBe('1');
  expect(second.body.toString()).toBe('{"a":1}');
  await second.answer(200, 'ok');
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
  // The refusal was read to its end: the second try needs no connection of its own.
  expect(upstream.connections).toHaveLength(1);
  expect(refused).toEqual([UPSTREAM_TOKEN]);
  const [end] = await proxy.ended();
  expect(end).toMatchObject({ outcome: 'complete', status: 200, requestBytes: 7, responseBytes: 2 });
  // The refusal was not the answer: the meter must not have seen it.
  expect(proxy.exchanges[0]?.starts.map(({ status }) => status)).toEqual([200]);
  expect(Buffer.concat(proxy.exchanges[0]?.requestData ?? []).toString()).toBe('{"a":1}');
});

test('a request without a body is tried again', async () => {
  const { upstream, client } = await setUp('fresh');
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  await (await upstream.request()).answer(401, '{}');
  const second = await upstream.request();
  expect(second.framing).toBe('none');
  await second.answer(200, 'ok');
  expect((await client.answer()).status).toBe(200);
});

test('a second 401 is the answer', async () => {
  const { upstream, proxy, refused, client } = await setUp('fresh');
  await client.write(`${head('Content-Length: 2')}{}`);
  await (await upstream.request()).answer(401, 'first');
  await (await upstream.request()).answer(401, 'second', ['WWW-Authenticate: Bearer']);
  expect(await client.answer()).toMatchObject({ status: 401, text: 'second' });
  expect(refused).toEqual([UPSTREAM_TOKEN]);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete', status: 401 });
});

test('the 401 is the answer where there is no other token', async () => {
  const { upstream, proxy, client } = await setUp(undefined);
  await client.write(`${head('Content-Length: 2')}{}`);
  await (await upstream.request()).answer(401, '{"error":{"message":"expired"}}', ['x-request-id: r']);
  const answer = await client.answer();
  expect(answer).toMatchObject({ status: 401, text: '{"error":{"message":"expired"}}', complete: true });
  expect(answer.field('x-request-id')).toBe('r');
  expect(upstream.connections).toHaveLength(1);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'complete', status: 401 });
});

test.each([
  [new MeshbarError('session_expired'), 401],
  [new MeshbarError('session_offline', { why: 'unknown' }), 503],
])('a session that can not be refreshed ($code) is told as such, with what to do', async (error, status) => {
  const { code } = error;
  const { upstream, proxy, client } = await setUp(error);
  await client.write(`${head('Content-Length: 2')}{}`);
  await (await upstream.request()).answer(401, '{"error":{"message":"expired"}}');
  const answer = await client.answer();
  expect(answer).toMatchObject({ status, complete: true });
  expect(answer.json()).toMatchObject({ error: { code, message: `Meshbar: ${wordsOf(error)}` } });
  expect(upstream.connections).toHaveLength(1);
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status, errorType: code });
});

test('a body too large to be kept is not sent again: the 401 is the answer, and the next request has the new token', async () => {
  const { upstream, refused, client } = await setUp('fresh');
  const size = 3 * 1024 * 1024;
  client.socket.write(head(`Content-Length: ${size}`));
  client.socket.write(Buffer.alloc(size));
  await (await upstream.request()).answer(401, 'expired');
  expect(await client.answer()).toMatchObject({ status: 401, text: 'expired' });
  expect(refused).toEqual([UPSTREAM_TOKEN]);
  expect(upstream.connections).toHaveLength(1);
});

test('a 401 that comes before the body has ended is tried again with all of it', async () => {
  const { upstream, client } = await setUp('fresh');
  await client.write(`${head('Transfer-Encoding: chunked')}5\r\nfirst\r\n`);
  const first = await upstream.request({ head: true });
  await first.answer(401, 'expired', ['Connection: close']);
  first.connection.end();
  await client.write('7\r\n second\r\n0\r\n\r\n');
  const retry = await waitFor(() => upstream.connections[1], 'a second try');
  const second = await retry.message({ kind: 'request' });
  expect(valuesOf(second?.fields ?? [], 'authorization')).toEqual(['Bearer fresh']);
  expect(second?.body.toString()).toBe('first second');
  await retry.write(answerBytes(200, 'ok'));
  expect(await client.answer()).toMatchObject({ status: 200, text: 'ok' });
});

test('a 403 or an error inside a stream refreshes nothing', async () => {
  const { upstream, refused, client } = await setUp('fresh');
  await client.write(`${head('Content-Length: 2')}{}`);
  await (await upstream.request()).answer(403, 'no');
  expect((await client.answer()).status).toBe(403);
  await client.write(`${head('Content-Length: 2')}{}`);
  const { connection } = await upstream.request();
  await connection.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  await connection.write(Buffer.concat([chunk('data: {"error":{"code":401}}\n\n'), chunk()]));
  expect((await client.answer()).complete).toBe(true);
  expect(refused).toEqual([]);
});

test.each([
  ['with a body', 'refused'],
  ['without a body', ''],
])('a refusal %s that is the answer passes whole, and its connection goes on', async (_name, body) => {
  const { upstream, client } = await setUp(undefined);
  for (let i = 0; i < 2; i += 1) {
    await client.write(`${head('Content-Length: 2')}{}`);
    await (await upstream.request()).answer(401, body);
    expect(await client.answer()).toMatchObject({ status: 401, text: body, complete: true });
  }
  expect(upstream.connections).toHaveLength(1);
});

/** A proxy whose session has another token to look for: `asked` gives what ends the search. */
async function setUpSearch() {
  const upstream = await startRawUpstream();
  let give: ((access: UpstreamAccess | undefined) => void) | undefined;
  const accessAfterRefusal = () =>
    new Promise<UpstreamAccess | undefined>((resolve) => {
      give = resolve;
    });
  const proxy = await startProxy({ upstream, upstreamAccess: { accessAfterRefusal } });
  const asked = () => waitFor(() => give, 'another token to be asked for');
  return { upstream, proxy, asked, client: await connectClient(proxy.port) };
}

test('an upload that ends while another token is asked for does not end the refusal', async () => {
  const { upstream, asked, client } = await setUpSearch();
  await client.write(`${head('Content-Length: 10')}first`);
  const request = await upstream.request({ head: true });
  await request.answer(401, '');
  const give = await asked();
  await client.write('-last');
  await request.connection.until(() => request.connection.received.includes('-last'), 'the rest of the upload');
  give(undefined);
  expect(await client.answer()).toMatchObject({ status: 401, complete: true });
});

test.each([
  ['a whole one passes', 'whole', true],
  ['half a one is never complete', 'half', false],
])('a refusal whose connection breaks while another token is asked for: %s', async (_name, body, complete) => {
  const { upstream, proxy, asked, client } = await setUpSearch();
  await client.write(`${head('Content-Length: 2')}{}`);
  const { connection } = await upstream.request();
  await connection.write(`HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\n${body}`);
  const give = await asked();
  connection.reset();
  give(undefined);
  expect(await client.answer()).toMatchObject({ status: 401, complete });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: complete ? 'complete' : 'interrupted', status: 401 });
});
