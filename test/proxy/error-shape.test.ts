import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

/** SDKs raise their typed errors from these bodies, so each provider is answered in its own shape. */
const CASES: [name: string, start: string, lines: string[], status: number, openai: string, anthropic: string][] = [
  ['a path that is not allowed', 'GET {}/v1/nope', [KEY_LINE], 400, 'invalid_request_error', 'invalid_request_error'],
  ['no key', 'POST {}/v1/complete', [], 401, 'authentication_error', 'authentication_error'],
  ['a wrong key', 'GET {}/v1/models', ['x-api-key: no'], 401, 'authentication_error', 'authentication_error'],
  ['a web page', 'GET {}/v1/models', [KEY_LINE, 'Origin: http://a.b'], 403, 'permission_error', 'permission_error'],
  ['a method', 'TRACE {}/v1/models', [KEY_LINE], 405, 'invalid_request_error', 'invalid_request_error'],
  ['a dead upstream', 'GET {}/v1/models', [KEY_LINE], 502, 'api_error', 'api_error'],
];

test.each(CASES)('%s', async (_name, start, lines, status, openaiType, anthropicType) => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const ask = (prefix: string) =>
    exchange(proxy.port, [`${start.replace('{}', prefix)} HTTP/1.1`, 'Host: localhost', ...lines]);
  for (const prefix of ['/openai', '']) {
    const answer = await ask(prefix);
    expect(answer).toMatchObject({ status, complete: true, framing: 'length' });
    expect(answer.field('content-type')).toBe('application/json');
    expect(answer.json()).toEqual({
      error: {
        message: expect.stringMatching(/^Meshbar: /),
        type: openaiType,
        param: null,
        code: expect.stringMatching(/^[a-z_]+$/),
      },
    });
  }
  const answer = await ask('/anthropic');
  expect(answer.status).toBe(status);
  expect(answer.json()).toEqual({
    type: 'error',
    error: { type: anthropicType, message: expect.stringMatching(/^Meshbar: /) },
  });
});

test('a refused key says how it is asked for', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, ['GET /v1/models HTTP/1.1', 'Host: localhost']);
  expect(answer.field('www-authenticate')).toMatch(/^Bearer /);
  expect(answer.text).toContain('meshbar env');
});

test('the connection of a refused request serves the next one', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const both = ['GET /v1/nope HTTP/1.1', 'Host: localhost', KEY_LINE, '', 'GET /healthz HTTP/1.1', 'Host: localhost'];
  const client = await connectClient(proxy.port);
  await client.write(`${both.join('\r\n')}\r\n\r\n`);
  expect((await client.answer()).status).toBe(400);
  expect((await client.answer()).status).toBe(200);
});
