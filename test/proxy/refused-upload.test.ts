/** A client that sends all of a large body before it reads must see why it was refused, and not hang or be reset. */
import { expect, test } from 'vitest';
import { connectClient } from '../helpers/raw-client.js';
import { KEY_LINE, startProxy } from '../helpers/start-proxy.js';

const SIZE = 24 * 1024 * 1024;

test.each([
  ['a wrong key', '/v1/responses', 'x-api-key: wrong', 401],
  ['a path that is not allowed', '/v1/files', KEY_LINE, 400],
  ['a web page', '/v1/responses', `${KEY_LINE}\r\nOrigin: https://evil.example`, 403],
  ['an upstream that is not there', '/v1/responses', KEY_LINE, 502],
])('%s', async (_name, path, line, status) => {
  const proxy = await startProxy({ upstream: 'http://127.0.0.1:1' });
  const client = await connectClient(proxy.port);
  client.socket.pause();
  client.socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\n${line}\r\nContent-Length: ${SIZE}\r\n\r\n`);
  const sent = await new Promise<boolean>((resolve) => {
    client.socket.write(Buffer.alloc(SIZE), (error) => resolve(!error));
  });
  client.socket.resume();
  const answer = await client.answer();
  expect({ sent, status: answer.status, complete: answer.complete }).toEqual({ sent: true, status, complete: true });
});
