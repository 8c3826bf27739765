import http from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startProxyChild } from '../helpers/proxy-child.js';
import { LOCAL_KEY } from '../helpers/start-proxy.js';

const MIB = 1024 * 1024;
const SIZE = 96 * MIB;
/** Memory may grow by this: half of what passes, and far more than what is ever under way. */
const ROOM = 48 * MIB;

/** Takes what is sent, and answers with as many bytes. */
async function startMirror(): Promise<string> {
  const server = http.createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => {
      if (request.method === 'GET') {
        response.writeHead(200, { 'Content-Length': SIZE });
        writeAll(response, SIZE);
      } else response.end(String(bytes));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

function writeAll(target: NodeJS.WritableStream, size: number): void {
  const block = Buffer.alloc(MIB);
  let left = size;
  const more = () => {
    while (left > 0) {
      left -= block.length;
      if (!target.write(block)) {
        target.once('drain', more);
        return;
      }
    }
    target.end();
  };
  more();
}

function ask(port: number, method: string): Promise<{ bytes: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers: http.OutgoingHttpHeaders = { Authorization: `Bearer ${LOCAL_KEY}` };
    if (method === 'POST') headers['Content-Length'] = SIZE;
    const path = '/v1/audio/transcriptions';
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let bytes = 0;
      let text = '';
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (chunk.length < 100) text += chunk;
      });
      response.on('end', () => resolve({ bytes, text }));
      response.on('error', reject);
    });
    request.on('error', reject);
    if (method === 'POST') writeAll(request, SIZE);
    else request.end();
  });
}

test('an upload of 96 MiB passes in flat memory', async () => {
  const proxy = await startProxyChild({ upstreamUrl: await startMirror(), localKey: LOCAL_KEY });
  const before = await proxy.peakMemory();
  expect((await ask(proxy.port, 'POST')).text).toBe(String(SIZE));
  expect((await proxy.peakMemory()) - before).toBeLessThan(ROOM);
});

test('an answer of 96 MiB passes in flat memory', async () => {
  const proxy = await startProxyChild({ upstreamUrl: await startMirror(), localKey: LOCAL_KEY });
  const before = await proxy.peakMemory();
  expect((await ask(proxy.port, 'GET')).bytes).toBe(SIZE);
  expect((await proxy.peakMemory()) - before).toBeLessThan(ROOM);
});
