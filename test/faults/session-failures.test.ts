import { expect, test } from 'vitest';
import { MeshbarError } from '../../src/shared/errors.js';
import { wordsOf } from '../helpers/error-words.js';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { accessTo, KEY_LINE, startProxy } from '../helpers/start-proxy.js';
import { waitFor } from '../helpers/wait-for.js';

const POST = ['POST /v1/responses HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 2'];
const ANTHROPIC = POST.map((line) => line.replace('/v1/responses', '/anthropic/v1/messages'));

const denied = { why: 'owner_unknown', project: 'prj_1' } as const;

test.each([
  [new MeshbarError('no_upstream_token', { why: 'signed_out' }), 401, 'authentication_error'],
  [new MeshbarError('session_expired'), 401, 'authentication_error'],
  [new MeshbarError('session_offline', { why: 'unknown' }), 503, 'api_error'],
  [new MeshbarError('no_project'), 400, 'invalid_request_error'],
  [new MeshbarError('project_access_denied', denied), 403, 'permission_error'],
])('$code is told as %i, with what to do', async (error, status, type) => {
  const { code } = error;
  for (const fail of [
    () => Promise.reject(error),
    () => {
      throw error;
    },
  ]) {
    const proxy = await startProxy({ upstream: 'http://127.0.0.1:1', upstreamAccess: { access: fail } });
    const answer = await exchange(proxy.port, POST, '{}');
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({ error: { type, code, message: `Meshbar: ${wordsOf(error)}` } });
    const anthropic = await exchange(proxy.port, ANTHROPIC, '{}');
    expect(anthropic.json()).toMatchObject({ type: 'error', error: { type } });
    const ends = await proxy.ended(2);
    expect(ends[0]).toMatchObject({ outcome: 'failed', status, errorType: code });
  }
});

test('a failure of another kind tells nothing of itself', async () => {
  const proxy = await startProxy({
    upstream: 'http://127.0.0.1:1',
    upstreamAccess: { access: () => Promise.reject(new Error('secret detail')) },
  });
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(503);
  expect(answer.text).not.toContain('secret');
});

test('a WebSocket is refused in the same way', async () => {
  const proxy = await startProxy({
    upstream: 'http://127.0.0.1:1',
    upstreamAccess: { access: () => Promise.reject(new MeshbarError('session_expired')) },
  });
  const answer = await exchange(proxy.port, [
    'GET /v1/realtime HTTP/1.1',
    'Host: localhost',
    KEY_LINE,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]);
  expect(answer.status).toBe(401);
  expect(answer.json()).toMatchObject({ error: { code: 'session_expired' } });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status: 401, errorType: 'session_expired' });
});

test('while the session is asked a body waits, and then passes whole', async () => {
  const upstream = await startRawUpstream();
  let give: (() => void) | undefined;
  const proxy = await startProxy({
    upstream,
    upstreamAccess: {
      access: () =>
        new Promise((resolve) => {
          give = () => resolve(accessTo(upstream));
        }),
    },
  });
  const client = await connectClient(proxy.port);
  const size = 3 * 1024 * 1024;
  client.socket.write(POST.join('\r\n').replace('Content-Length: 2', `Content-Length: ${size}\r\n\r\n`));
  client.socket.write(Buffer.alloc(size, 'x'));
  await waitFor(() => give && (proxy.exchanges[0]?.requestData.length ?? 0) > 0, 'the session to be asked');
  expect(upstream.connections).toHaveLength(0);
  give?.();
  const request = await upstream.request();
  expect(request.body.equals(Buffer.alloc(size, 'x'))).toBe(true);
  await request.answer(200);
  expect((await client.answer()).status).toBe(200);
});
