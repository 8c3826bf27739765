import net from 'node:net';
import os from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { RawSocket } from '../helpers/raw-socket.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const hasIpv6 = Object.values(os.networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

test.skipIf(!hasIpv6)('a proxy on ::1 serves clients there, and reaches an upstream there', async () => {
  const upstream = await startRawUpstream();
  const bridge = net.createServer((socket) => {
    const onward = net.connect(upstream.port, '127.0.0.1');
    for (const one of [socket, onward]) one.on('error', () => {});
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => {
    bridge.listen(0, '::1', resolve);
  });
  onTestFinished(() => {
    bridge.close();
  });
  const { port } = bridge.address() as net.AddressInfo;
  const proxy = await startProxy({ upstream: `http://[::1]:${port}`, host: '::1' });
  const client = new RawSocket(net.connect(proxy.port, '::1'));
  onTestFinished(() => {
    client.socket.destroy();
  });
  await client.write(`GET /v1/models HTTP/1.1\r\nHost: [::1]:${proxy.port}\r\n${KEY_LINE}\r\n\r\n`);
  const request = await upstream.request();
  expect(request.field('host')).toBe(`[::1]:${port}`);
  await request.answer(200, 'ok');
  expect((await client.message({ kind: 'response' }))?.body.toString()).toBe('ok');
});
