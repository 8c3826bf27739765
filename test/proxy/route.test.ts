import { expect, test } from 'vitest';
import { createRouter, routeRequest } from '../../src/proxy/route.js';
import { englishOf } from '../../src/words/index.js';

const anyPath = () => true;

test.each([
  ['/openai/v1/chat/completions', 'openai', '/v1/chat/completions', '/openai/v1/chat/completions'],
  ['/v1/models?limit=2', 'openai', '/v1/models', '/openai/v1/models?limit=2'],
  ['/anthropic/v1/messages?beta=true', 'anthropic', '/v1/messages', '/anthropic/v1/messages?beta=true'],
  ['/openai/v1/models/ft%3Agpt%2Fx%20y', 'openai', '/v1/models/ft%3Agpt%2Fx%20y', '/openai/v1/models/ft%3Agpt%2Fx%20y'],
  ['/openai/v1/models/a..b', 'openai', '/v1/models/a..b', '/openai/v1/models/a..b'],
  ['/openai/v1/models?x=/../y//z', 'openai', '/v1/models', '/openai/v1/models?x=/../y//z'],
])('%s goes to %s', (target, providerName, path, upstreamPath) => {
  const result = routeRequest(target, anyPath);
  expect(result).toMatchObject({ ok: true, route: { providerName, path, upstreamPath } });
});

test.each([
  '/openai/v1/../../accounts',
  '/openai/v1/./models',
  '/openai/v1/%2e%2e/accounts',
  '/openai/v1/%2E%2e/accounts',
  '/openai/v1/.%2e/accounts',
  '/openai/v1/models/..%2f..%2faccounts',
  '/openai/v1/models/..',
  '/openai/v1//models',
  '//openai/v1/models',
  '/openai/v1/models/',
  '/openai/v1/models\\..\\accounts',
  '/openai/v1/models%5c..%5caccounts',
  '/openai/v1/models#x',
  '/openai/v1/models?a#x',
  'http://127.0.0.1/openai/v1/models',
  '*',
  '/',
  '/openai/v2/models',
  '/OPENAI/v1/models',
  '/accounts/projects',
])('%s is refused', (target) => {
  expect(routeRequest(target, anyPath).ok).toBe(false);
});

test('a refusal names the path and the right base URL', () => {
  const result = routeRequest('/chat/completions', anyPath);
  expect(result).toMatchObject({ ok: false });
  if (!result.ok) expect(englishOf(result.reason)).toMatch(/\/chat\/completions .*openai\/v1/);
});

test('a path the provider does not answer is refused', () => {
  expect(routeRequest('/openai/v1/files', (_provider, path) => path === '/v1/models').ok).toBe(false);
});

test('a target that was good is not looked at again, one that was not is', () => {
  const asked: string[] = [];
  const route = createRouter((_provider, path) => asked.push(path) > 0 && path === '/v1/models');
  for (let i = 0; i < 2; i += 1) {
    expect(route('/v1/models?limit=2')).toEqual(routeRequest('/v1/models?limit=2', () => true));
    expect(route('/v1/files').ok).toBe(false);
  }
  expect(asked).toEqual(['/v1/models', '/v1/files', '/v1/files']);
});
