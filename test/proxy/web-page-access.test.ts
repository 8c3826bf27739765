/**
 * Threat: any page open in the user's browser can send requests to 127.0.0.1, and open WebSockets there, which no
 * same-origin policy holds back. Without local keys that would be enough to spend the user's money; with them, a page
 * could still guess, and see from the answers that Meshbar runs. The browser's own fields give it away: Origin, and
 * Sec-Fetch-Site where there is no Origin (images, scripts, navigation).
 */
import { expect, test } from 'vitest';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY, startProxy } from '../helpers/start-proxy.js';

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const OURS = 'http://localhost:3000';

test.each([
  ['a page', ['Origin: https://evil.example']],
  ['a page on this machine', ['Origin: http://localhost:8080']],
  ['a page on our own address', ['Origin: http://127.0.0.1:8766']],
  ['a sandboxed page or a file', ['Origin: null']],
  ['an extension', ['Origin: chrome-extension://abcdef']],
  ['an origin that starts like ours', [`Origin: ${OURS}0`]],
  ['an origin that ends like ours', ['Origin: https://evil.example/http://localhost:3000']],
  ['our origin with another scheme', ['Origin: https://localhost:3000']],
  ['our origin among others', [`Origin: ${OURS}, https://evil.example`]],
  ['two origins', [`Origin: ${OURS}`, 'Origin: https://evil.example']],
  ['an empty origin', ['Origin: ']],
  ['an image or a script', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors']],
  ['a page of the same site', ['Sec-Fetch-Site: same-site']],
])('%s is refused, with local keys and without', async (_name, lines) => {
  const upstream = await startRawUpstream();
  for (const localKey of [LOCAL_KEY, undefined]) {
    const proxy = await startProxy({ upstream, access: { localKey, allowedOrigins: [OURS] } });
    for (const head of [
      ['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE],
      ['POST /anthropic/v1/messages HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 0'],
      ['GET /v1/realtime HTTP/1.1', 'Host: localhost', KEY_LINE, ...UPGRADE],
      ['GET /healthz HTTP/1.1', 'Host: localhost'],
    ]) {
      const answer = await exchange(proxy.port, [...head, ...lines]);
      expect(answer.status).toBe(403);
      expect(answer.field('access-control-allow-origin')).toBeUndefined();
    }
    expect(proxy.exchanges).toHaveLength(0);
  }
  expect(upstream.connections).toHaveLength(0);
});

test.each([
  ['a tool', []],
  ['the address bar', ['Sec-Fetch-Site: none']],
  ['a configured page', [`Origin: ${OURS}`, 'Sec-Fetch-Site: cross-site']],
  ['a configured page in another case', [`Origin: ${OURS.toUpperCase()}`]],
])('%s is let in', async (_name, lines) => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access: { allowedOrigins: [OURS] } });
  const client = await connectClient(proxy.port);
  await client.write(['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE, ...lines, '', ''].join('\r\n'));
  await (await upstream.request()).answer(200);
  expect((await client.answer()).status).toBe(200);
});

test('a configured page opens a WebSocket, with its key as a subprotocol', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access: { allowedOrigins: [OURS] } });
  const client = await connectClient(proxy.port);
  const protocols = `Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.${LOCAL_KEY}`;
  const head = ['GET /v1/realtime HTTP/1.1', 'Host: localhost', `Origin: ${OURS}`, 'Cookie: a=b', protocols];
  await client.write([...head, ...UPGRADE, '', ''].join('\r\n'));
  const request = await upstream.request();
  expect(request.field('origin')).toBeUndefined();
  expect(request.field('cookie')).toBeUndefined();
  expect(request.field('sec-websocket-protocol')).toBe('realtime');
});

test('what a browser adds about the user and the page stays here', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream, access: { allowedOrigins: [OURS] } });
  const client = await connectClient(proxy.port);
  const lines = [`Origin: ${OURS}`, `Referer: ${OURS}/secret?x`, 'Cookie: session=of-another-local-server'];
  await client.write(['GET /v1/models HTTP/1.1', 'Host: localhost', KEY_LINE, ...lines, '', ''].join('\r\n'));
  const request = await upstream.request();
  expect([request.field('origin'), request.field('referer'), request.field('cookie')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  await request.answer(200);
  await client.answer();
});
