import { expect, test } from 'vitest';
import { createAccessCheck } from '../../src/proxy/access.js';

const rules = {
  localKey: 'sk-local-ü',
  host: '127.0.0.1',
  allowedHosts: ['box.lan'],
  allowedOrigins: ['http://localhost:3000'],
};
const key = { authorization: 'Bearer sk-local-ü' };
const host = { host: '127.0.0.1:8766' };

function status(
  headers: Record<string, string>,
  options: Partial<typeof rules> & { localKey?: string | undefined } = {},
) {
  const result = createAccessCheck({ ...rules, ...options }).check(headers, { localAddress: '127.0.0.1' });
  return result.ok ? 200 : result.status;
}

test.each([
  ['Authorization', { ...host, ...key }, 200],
  ['lower-case scheme', { ...host, authorization: 'bearer sk-local-ü' }, 200],
  ['x-api-key', { ...host, 'x-api-key': 'sk-local-ü' }, 200],
  ['one right of two', { ...host, authorization: 'Bearer other', 'x-api-key': 'sk-local-ü' }, 200],
  ['subprotocol', { ...host, 'sec-websocket-protocol': 'realtime, openai-insecure-api-key.sk-local-ü' }, 200],
  ['no key', { ...host }, 401],
  ['wrong key', { ...host, authorization: 'Bearer sk-local-u' }, 401],
  ['prefix of the key', { ...host, authorization: 'Bearer sk-local' }, 401],
  ['key and more', { ...host, authorization: 'Bearer sk-local-ü1' }, 401],
  ['key and a NUL', { ...host, authorization: 'Bearer sk-local-ü\0' }, 401],
  ['empty key', { ...host, authorization: 'Bearer ' }, 401],
  ['Basic', { ...host, authorization: 'Basic sk-local-ü' }, 401],
  ['rebound name', { host: 'evil.example:8766', ...key }, 403],
  ['name that starts right', { host: '127.0.0.1.evil.example', ...key }, 403],
  ['localhost lookalike', { host: 'localhost.evil.example', ...key }, 403],
  ['no Host', { ...key }, 403],
  ['empty Host', { host: '', ...key }, 403],
  ['localhost', { host: 'LOCALHOST:1', ...key }, 200],
  ['subdomain of localhost', { host: 'a.localhost:1', ...key }, 200],
  ['IPv6 loopback', { host: '[::1]:8766', ...key }, 200],
  ['configured name', { host: 'Box.lan:8766', ...key }, 200],
  ['web page', { ...host, ...key, origin: 'https://evil.example' }, 403],
  ['sandboxed page', { ...host, ...key, origin: 'null' }, 403],
  ['configured page', { ...host, ...key, origin: 'http://localhost:3000' }, 200],
  ['page that starts like it', { ...host, ...key, origin: 'http://localhost:30001' }, 403],
  ['image tag of a page', { ...host, ...key, 'sec-fetch-site': 'cross-site' }, 403],
  ['script of a local page', { ...host, ...key, 'sec-fetch-site': 'same-site' }, 403],
  ['typed into the address bar', { ...host, ...key, 'sec-fetch-site': 'none' }, 200],
])('%s: %s gives %i', (_name, headers, expected) => {
  expect(status(headers)).toBe(expected);
});

test('without local keys pages and foreign names are refused all the same', () => {
  const open = { localKey: undefined };
  expect(status({ ...host }, open)).toBe(200);
  expect(status({ host: 'evil.example' }, open)).toBe(403);
  expect(status({ ...host, origin: 'https://evil.example' }, open)).toBe(403);
  expect(status({ ...host, 'sec-fetch-site': 'cross-site' }, open)).toBe(403);
});

test('one accepted name does not open the door for another', () => {
  const check = createAccessCheck(rules);
  expect(check.check({ ...host, ...key }, { localAddress: '127.0.0.1' }).ok).toBe(true);
  expect(check.check({ host: 'evil.example', ...key }, { localAddress: '127.0.0.1' }).ok).toBe(false);
});

test('bound to every address, the address a client reached us at is a good Host, another is not', () => {
  const check = createAccessCheck({ ...rules, host: '0.0.0.0' });
  expect(check.check({ host: '192.168.1.7:8766', ...key }, { localAddress: '192.168.1.7' }).ok).toBe(true);
  expect(check.check({ host: '192.168.1.7:8766', ...key }, { localAddress: '::ffff:192.168.1.7' }).ok).toBe(true);
  expect(check.check({ host: '192.168.1.8:8766', ...key }, { localAddress: '192.168.1.7' }).ok).toBe(false);
});
