/** Every path of MeshAgent's service (meshagent.md, section 1), and that nothing beside them leaves this machine. */
import { expect, test } from 'vitest';
import { isWebSocketPath } from '../../src/providers/registry.js';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const ANSWERED: Readonly<Record<string, readonly string[]>> = {
  openai: [
    '/v1/chat/completions',
    '/v1/responses',
    '/v1/responses/compact',
    '/v1/responses/input_tokens',
    '/v1/decisions',
    '/v1/embeddings',
    '/v1/audio/speech',
    '/v1/audio/transcriptions',
    '/v1/audio/translations',
    '/v1/models',
    '/v1/models/gpt-6-luna',
    '/v1/images/generations',
    '/v1/realtime',
    '/v1/realtime/client_secrets',
  ],
  anthropic: [
    '/v1/messages',
    '/v1/messages/count_tokens',
    '/v1/messages/batches',
    '/v1/messages/batches/b_1/results',
    '/v1/complete',
    '/v1/models',
    '/v1/models/claude-haiku-4-5',
  ],
  grok: ['/v1/models', '/v1/models/grok-4.6', '/v1/messages', '/v1/responses', '/v1/responses/resp_1'],
};

const paths = Object.entries(ANSWERED).flatMap(([provider, all]) => all.map((path) => [provider, path] as const));

async function seenUpstream(target: string): Promise<{ line: string; provider: string | undefined }> {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  await request.answer(200, '{}');
  await client.answer();
  return { line: request.startLine, provider: proxy.exchanges[0]?.head.providerName };
}

test.each(paths)('section 1: /%s%s goes upstream as it is', async (provider, path) => {
  expect(await seenUpstream(`/${provider}${path}`)).toEqual({ line: `GET /${provider}${path} HTTP/1.1`, provider });
});

test.each(ANSWERED.openai ?? [])('section 2: %s without a prefix goes to OpenAI', async (path) => {
  expect(await seenUpstream(path)).toEqual({ line: `GET /openai${path} HTTP/1.1`, provider: 'openai' });
});

test.each([
  '/openai/v1/responses/resp_1',
  '/openai/v1/files',
  '/openai/v1/messages',
  '/openai/v1/decisions/d_1',
  '/anthropic/v1/responses',
  '/anthropic/v1/messages/other',
  '/grok/v1/chat/completions',
  '/grok/v1/messages/count_tokens',
  '/grok/v1/images/generations',
  '/grok/v1/embeddings',
  '/grok/v1/realtime',
  '/grok/v2/responses',
  '/xai/v1/responses',
  '/messages',
])('section 1: %s is refused here with 400, naming it', async (target) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answer = await exchange(proxy.port, [`GET ${target} HTTP/1.1`, 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(target);
  expect(upstream.connections).toHaveLength(0);
});

test('section 1: a WebSocket is opened at two paths of OpenAI alone', () => {
  const opened = paths.filter(([provider, path]) => isWebSocketPath(provider as 'openai' | 'anthropic' | 'grok', path));
  expect(opened).toEqual([
    ['openai', '/v1/responses'],
    ['openai', '/v1/realtime'],
  ]);
});

test.each([
  ['/grok/v1/messages', 'error'],
  ['/grok/v1/responses', undefined],
])('section 1: at %s a refusal has the shape of the API that Grok speaks there', async (path, type) => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, [`GET ${path} HTTP/1.1`, 'Host: localhost']);
  expect(answer.status).toBe(401);
  const body = answer.json() as { type?: string; error: { type: string; code?: string } };
  expect(body.type).toBe(type);
  expect(body.error.type).toBe('authentication_error');
  expect(body.error.code).toBe(type === undefined ? 'invalid_local_key' : undefined);
});
