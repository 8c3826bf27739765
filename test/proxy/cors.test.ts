/** Pages of configured origins read our answers (Fetch standard, "CORS protocol"). */
import { expect, test } from 'vitest';
import { type Answer, connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const OURS = 'http://localhost:3000';
const access = { allowedOrigins: [OURS] };

function preflight(...lines: string[]): string[] {
  return ['OPTIONS /v1/responses HTTP/1.1', 'Host: localhost', `Origin: ${OURS}`, ...lines];
}

function names(value: string | undefined): string[] {
  return (value ?? '').split(',').map((name) => name.trim().toLowerCase());
}

/** A browser refuses an answer that names more than one origin. */
function expectReadable(answer: Answer): void {
  expect(answer.field('access-control-allow-origin')).toBe(OURS);
  expect(names(answer.field('vary'))).toContain('origin');
}

test('a preflight is answered without a key and without asking upstream', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access });
  const answer = await exchange(
    proxy.port,
    preflight('Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: authorization,x-stainless-lang'),
  );
  expect(answer.status).toBe(204);
  expectReadable(answer);
  expect(names(answer.field('access-control-allow-methods'))).toContain('post');
  expect(names(answer.field('access-control-allow-headers'))).toEqual(['authorization', 'x-stainless-lang']);
  expect(upstream.connections).toHaveLength(0);
  expect(proxy.exchanges).toHaveLength(0);
});

test('the preflight of another page is refused', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1', access });
  const lines = ['OPTIONS /v1/responses HTTP/1.1', 'Host: localhost', 'Origin: https://evil.example'];
  const answer = await exchange(proxy.port, [...lines, 'Access-Control-Request-Method: POST']);
  expect(answer.status).toBe(403);
  expect(answer.field('access-control-allow-origin')).toBeUndefined();
});

test('an answer from upstream can be read by the page, its fields too', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access });
  const answered = exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE, `Origin: ${OURS}`]);
  await (await upstream.request()).answer(200, 'ok', ['x-request-id: r', 'Vary: Accept-Encoding']);
  const answer = await answered;
  expectReadable(answer);
  expect(names(answer.field('vary'))).toContain('accept-encoding');
  expect(answer.field('access-control-expose-headers')).toBeDefined();
});

test('what upstream says to pages in general does not stand beside what we say to this one', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access });
  const answered = exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE, `Origin: ${OURS}`]);
  const fields = ['Access-Control-Allow-Origin: *', 'access-control-expose-headers: X-Request-ID'];
  await (await upstream.request()).answer(200, 'ok', fields);
  expectReadable(await answered);
});

test.each([
  ['a path that is not allowed', 'GET /v1/nope', [KEY_LINE], 400],
  ['a method', 'TRACE /v1/models', [KEY_LINE], 405],
  ['a dead upstream', 'GET /v1/models', [KEY_LINE], 502],
])('an error of ours can be read by the page: %s', async (_name, start, lines, status) => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1', access });
  const answer = await exchange(proxy.port, [`${start} HTTP/1.1`, 'Host: localhost', `Origin: ${OURS}`, ...lines]);
  expect(answer.status).toBe(status);
  expectReadable(answer);
});

test('so can a refused key', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1', access });
  const answer = await exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost', `Origin: ${OURS}`]);
  expect(answer.status).toBe(401);
  expectReadable(answer);
});

test('a tool’s answer carries none of this', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access });
  const client = await connectClient(proxy.port);
  await client.write(['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE, '', ''].join('\r\n'));
  await (await upstream.request()).answer(200);
  expect((await client.answer()).fields.filter(([name]) => /^access-control/i.test(name))).toEqual([]);
});
