import { expect, test } from 'vitest';
import { portOwner } from '../../src/proxy/port-owner.js';
import { exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { startProxy } from '../helpers/start-proxy.js';

test('/healthz says ok, name and version, without a key and without asking upstream', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream });
  const answer = await exchange(proxy.port, ['GET /healthz HTTP/1.1', 'Host: localhost']);
  expect(answer).toMatchObject({ status: 200, complete: true });
  expect(answer.field('content-type')).toBe('application/json');
  expect(answer.json()).toEqual({ ok: true, name: 'meshbar', version: '1.2.3-test' });
  expect(upstream.connections).toHaveLength(0);
  expect(proxy.exchanges).toHaveLength(0);
});

test('HEAD /healthz has no body', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, ['HEAD /healthz HTTP/1.1', 'Host: localhost']);
  expect(answer).toMatchObject({ status: 200, text: '' });
});

test.each([
  ['a foreign name', ['Host: evil.example']],
  ['a web page', ['Host: localhost', 'Origin: https://evil.example']],
])('/healthz is not told to %s', async (_name, lines) => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const answer = await exchange(proxy.port, ['GET /healthz HTTP/1.1', ...lines]);
  expect(answer.status).toBe(403);
  expect(answer.text).not.toContain('1.2.3');
});

test('another program finds out that the port is Meshbar’s', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  expect(await portOwner('127.0.0.1', proxy.port)).toEqual({ version: '1.2.3-test' });
});
