import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

test.each([
  ['/openai/v1/chat/completions', '/openai/v1/chat/completions', 'openai'],
  ['/v1/chat/completions', '/openai/v1/chat/completions', 'openai'],
  ['/v1/models?limit=2&after=a%2Fb', '/openai/v1/models?limit=2&after=a%2Fb', 'openai'],
  ['/v1/models/ft%3Agpt%2d4o%20x', '/openai/v1/models/ft%3Agpt%2d4o%20x', 'openai'],
  ['/openai/v1/images/edits', '/openai/v1/images/edits', 'openai'],
  ['/anthropic/v1/messages?beta=true', '/anthropic/v1/messages?beta=true', 'anthropic'],
  ['/anthropic/v1/messages/batches/b_1/results', '/anthropic/v1/messages/batches/b_1/results', 'anthropic'],
  ['/v1/models?q=\'&r="&s=<>&t=[]&u={}|^`', '/openai/v1/models?q=\'&r="&s=<>&t=[]&u={}|^`', 'openai'],
  ['/v1/models?', '/openai/v1/models?', 'openai'],
  ['/v1/models?a=1?b=2&&c', '/openai/v1/models?a=1?b=2&&c', 'openai'],
  ['/v1/models?%zz=%', '/openai/v1/models?%zz=%', 'openai'],
])('%s goes upstream as %s', async (target, expected, providerName) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const client = await connectClient(proxy.port);
  await client.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  expect(request.startLine).toBe(`GET ${expected} HTTP/1.1`);
  await request.answer(200, '{}');
  expect((await client.answer()).status).toBe(200);
  expect(proxy.exchanges[0]?.head).toMatchObject({ providerName, transport: 'http', method: 'GET' });
});

test('a base URL with a path keeps it', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream: `${upstream.url}/edge/mesh` });
  const client = await connectClient(proxy.port);
  await client.write(`GET /anthropic/v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  expect(request.target).toBe('/edge/mesh/anthropic/v1/models');
  expect(request.field('host')).toBe(`127.0.0.1:${upstream.port}`);
  await request.answer(200);
  await client.answer();
});

test.each([
  '/',
  '/openai',
  '/openai/v1',
  '/openai/v1/',
  '/openai/v1/files',
  '/v1/assistants',
  '/v1/fine_tuning/jobs',
  '/anthropic/v1/organizations/usage',
  '/anthropic/v1/messagesx',
  '/OpenAI/v1/models',
  '/openai/v2/models',
  '/accounts/projects',
  '/oauth/token',
  '/favicon.ico',
  '/healthz/',
  '/healthz2',
])('%s is refused here: 400, naming the path', async (target) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answer = await exchange(proxy.port, [`GET ${target} HTTP/1.1`, 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(target.startsWith('/openai/v1/') && target.endsWith('/') ? 'empty segment' : target);
  expect(upstream.connections).toHaveLength(0);
  expect(proxy.exchanges).toHaveLength(0);
});

test('a path is quoted bounded and printable', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const target = `/nowhere/${'\xff\x80'.repeat(3)}<script>${'a'.repeat(5000)}`;
  const answer = await exchange(proxy.port, [`GET ${target} HTTP/1.1`, 'Host: localhost', KEY_LINE]);
  expect(answer.status).toBe(400);
  expect(answer.body.length).toBeLessThan(1000);
  expect(answer.text).not.toMatch(/[^\x20-\x7e…]/);
});
