import { spawn } from 'node:child_process';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startCorporateProxy } from '../helpers/corporate-proxy.js';
import { startProxyChild } from '../helpers/proxy-child.js';
import { exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const POST = ['POST /v1/responses HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 2'];

/**
 * A port that neither accepts nor refuses: its process listens with the smallest backlog and never accepts, and the
 * backlog is full. Linux drops what comes then, like a firewall.
 */
async function startBlackHole(): Promise<number> {
  const script = `
    const server = require('node:net').createServer();
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const sockets: net.Socket[] = [];
  onTestFinished(() => {
    child.kill('SIGKILL');
    for (const socket of sockets) socket.destroy();
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += data;
  });
  const port = Number(await waitFor(() => text, 'a port'));
  // Two fit into a backlog of one; the third hangs.
  for (let i = 0; i < 2; i += 1) {
    const socket = net.connect({ host: '127.0.0.1', port });
    sockets.push(socket);
    socket.on('error', () => {});
    await waitFor(() => !socket.connecting, 'the backlog to fill');
  }
  return port;
}

test.skipIf(process.platform !== 'linux')('a connection that does not come about in 30 s is a 504', async () => {
  const port = await startBlackHole();
  const proxy = await startProxyChild({ upstreamUrl: `http://127.0.0.1:${port}`, localKey: LOCAL_KEY, speed: 100 });
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(504);
  expect(answer.json()).toMatchObject({ error: { type: 'api_error', code: 'upstream_timeout' } });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status: 504, errorType: 'upstream_timeout' });
  const anthropic = POST.map((line) => line.replace('/v1/responses', '/anthropic/v1/messages'));
  expect((await exchange(proxy.port, anthropic, '{}')).json()).toMatchObject({
    type: 'error',
    error: { type: 'timeout_error' },
  });
});

test('a server that never answers the TLS hello is a 504', async () => {
  const upstream = await startRawUpstream();
  const url = upstream.url.replace('http:', 'https:');
  const proxy = await startProxyChild({ upstreamUrl: url, localKey: LOCAL_KEY, speed: 100 });
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(504);
  await waitFor(() => upstream.open.length === 0, 'the connection to be given up');
});

test('a corporate proxy that never answers is given up', async () => {
  const corporate = await startRawUpstream();
  const proxy = await startProxyChild(
    { upstreamUrl: 'https://mesh.invalid', localKey: LOCAL_KEY, speed: 100 },
    { HTTPS_PROXY: corporate.url },
  );
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { code: 'corporate_proxy' } });
  expect(answer.text).toContain(`127.0.0.1:${corporate.port}`);
  await waitFor(() => corporate.open.length === 0, 'the connection to be given up');
});

test('a tunnel whose other end never answers is given up', async () => {
  const upstream = await startRawUpstream();
  const corporate = await startCorporateProxy();
  const proxy = await startProxyChild(
    { upstreamUrl: `https://mesh.invalid:${upstream.port}`, localKey: LOCAL_KEY, speed: 100 },
    { HTTPS_PROXY: `http://127.0.0.1:${corporate.port}` },
  );
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(504);
  await waitFor(() => upstream.open.length === 0, 'the tunnel to be given up');
});
