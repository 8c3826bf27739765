/**
 * Threat: connections upstream are shared, one after the other, by clients that must know nothing of each other. An
 * answer read from a connection that still held a part of another one (a client that left, a body that was not read to
 * its end) would tell one tool what the model said to another.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

/** Answers each request with its own mark, over and over, in pieces; some answers begin before the body has come. */
async function startEcho(): Promise<string> {
  const server = http.createServer((request, response) => {
    const mark = String(request.headers['x-mark']);
    const answer = () => {
      response.write(`${mark} `.repeat(50));
      setImmediate(() => {
        response.write(`${mark} `.repeat(50));
        setImmediate(() => response.end(mark));
      });
    };
    if (mark.endsWith('0')) answer();
    else request.on('end', answer);
    request.resume();
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
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('many clients at once, some of which leave in the middle, each get their own answers alone', async () => {
  const proxy = await startProxy({ upstream: await startEcho() });
  let complete = 0;
  await Promise.all(
    Array.from({ length: 40 }, async (_, who) => {
      for (let round = 0; round < 5; round += 1) {
        const client = await connectClient(proxy.port);
        for (let i = 0; i < 3; i += 1) {
          const mark = `m${who}-${round}-${i}${(who + i) % 10}`;
          const body = 'x'.repeat((who * 131) % 5000);
          await client.write(
            `POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\n${KEY_LINE}\r\nX-Mark: ${mark}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
          if ((who + round + i) % 7 === 0) {
            client.reset();
            break;
          }
          const { text, complete: whole } = await client.answer();
          expect(whole).toBe(true);
          expect([...new Set(text.split(' '))]).toEqual([mark]);
          complete += 1;
        }
        client.socket.destroy();
      }
    }),
  );
  expect(complete).toBeGreaterThan(300);
});
