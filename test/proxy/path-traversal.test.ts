/**
 * Threat: with our upstream token a caller may use the model calls of one project, and no more. A path that we read in
 * one way and the service in another ("/openai/v1/models/../../../accounts/projects") would let it reach the account.
 * Each of these must be refused before anything goes out.
 */
import { expect, test } from 'vitest';
import { exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

test.each([
  '/openai/v1/models/../../../accounts/projects',
  '/openai/v1/models/..',
  '/openai/v1/models/.',
  '/openai/v1/models/./x',
  '/openai/v1/models/%2e%2e/%2e%2e/accounts',
  '/openai/v1/models/%2E%2E',
  '/openai/v1/models/.%2e',
  '/openai/v1/models/%2e.',
  '/openai/v1/models/%2e',
  '/openai/v1/models/..%2f..%2faccounts',
  '/openai/v1/models/..%2Faccounts',
  '/openai/v1/models/x%2f%2e%2e%2fy',
  '/openai/v1/models/..\\..\\accounts',
  '/openai/v1/models/%5c..%5caccounts',
  '/openai/v1/models/x%5C',
  '/openai/v1/models//x',
  '/openai/v1/models/%2f',
  '/openai/v1/models/x/',
  '//evil.example/openai/v1/models',
  '/../accounts',
  '/v1/models/../../accounts',
  '/v1/../accounts',
  '/anthropic/v1/../../accounts',
  '/anthropic/v1/messages/batches/../../../accounts',
  '/openai/v1/models/x#/../y',
  '/openai/v1/models?x#y',
  'http://127.0.0.1/openai/v1/models',
  'openai/v1/models',
  '*',
])('%s reaches nobody', async (target) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answer = await exchange(proxy.port, [`GET ${target} HTTP/1.1`, 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(400);
  expect(upstream.connections).toHaveLength(0);
});

test('an encoding of an encoding is not ours to undo: it passes as it came', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answer = exchange(proxy.port, ['GET /v1/models/%252e%252e%252fx HTTP/1.1', 'Host: localhost', KEY_LINE]);
  const request = await upstream.request();
  expect(request.target).toBe('/openai/v1/models/%252e%252e%252fx');
  await request.answer(200);
  expect((await answer).status).toBe(200);
});
