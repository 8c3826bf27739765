/**
 * Threat: DNS rebinding. A web page on evil.example lets its name resolve to 127.0.0.1 and then calls "its own server",
 * which is us: same origin, no preflight, no Origin on a GET. Only the Host field still says evil.example. Every Host
 * but this machine's is refused, on requests and upgrades, with local keys and without.
 */
import { expect, test } from 'vitest';
import { exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

const FOREIGN = [
  'evil.example',
  'evil.example:8766',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil-localhost',
  'xlocalhost',
  '127.0.0.1.',
  '127.0.0.256.evil',
  '0.0.0.0',
  '128.0.0.1',
  '192.168.0.7',
  '[::2]:8766',
  '[fe80::1]',
  '',
];

test.each(FOREIGN)('Host %s', async (host) => {
  const upstream = await startRawUpstream();
  for (const localKey of ['local-key-of-the-tests', undefined]) {
    const proxy = await startProxy({ upstream, access: { localKey } });
    for (const lines of [
      ['GET /v1/models HTTP/1.1', `Host: ${host}`, KEY_LINE],
      ['GET /v1/realtime HTTP/1.1', `Host: ${host}`, KEY_LINE, ...UPGRADE],
      ['GET /healthz HTTP/1.1', `Host: ${host}`],
      ['OPTIONS /v1/models HTTP/1.1', `Host: ${host}`, `Origin: http://${host}`],
    ]) {
      const answer = await exchange(proxy.port, lines);
      expect(answer.status).toBe(403);
      expect(answer.field('access-control-allow-origin')).toBeUndefined();
    }
    expect(proxy.exchanges).toHaveLength(0);
  }
  expect(upstream.connections).toHaveLength(0);
});

test.each(['127.0.0.1', '127.0.0.1:8766', 'localhost', 'LocalHost:1', '[::1]:8766', '127.9.9.9', 'mesh.localhost'])(
  'Host %s is this machine',
  async (host) => {
    const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
    expect((await exchange(proxy.port, ['GET /healthz HTTP/1.1', `Host: ${host}`])).status).toBe(200);
  },
);

test('a configured name is taken, and a good request before does not open the door for a bad one', async () => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1', access: { allowedHosts: ['box.lan'] } });
  const ask = async (host: string) => (await exchange(proxy.port, ['GET /healthz HTTP/1.1', `Host: ${host}`])).status;
  expect([
    await ask('box.lan:8766'),
    await ask('BOX.LAN'),
    await ask('evil.example'),
    await ask('box.lan.evil'),
  ]).toEqual([200, 200, 403, 403]);
});
