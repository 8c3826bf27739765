import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, createAuthority } from '../helpers/certificates.js';
import { type ProxyChild, startProxyChild } from '../helpers/proxy-child.js';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY, startProxy } from '../helpers/start-proxy.js';
import { startTlsUpstream, type TlsUpstream } from '../helpers/tls-upstream.js';

const POST = ['POST /v1/responses HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 2'];
let authority: Authority;
let stranger: Authority;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
});
afterAll(() => Promise.all([authority.remove(), stranger.remove()]));

function startTrusting(upstream: TlsUpstream): Promise<ProxyChild> {
  return startProxyChild({ upstreamUrl: upstream.url, localKey: LOCAL_KEY }, { NODE_EXTRA_CA_CERTS: authority.file });
}

test('an authority of NODE_EXTRA_CA_CERTS is trusted', async () => {
  const upstream = await startTlsUpstream(await authority.issue('IP:127.0.0.1'));
  const proxy = await startTrusting(upstream);
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer).toMatchObject({ status: 200, text: 'secret answer' });
  expect(upstream.requests).toEqual(['POST /openai/v1/responses Bearer upstream-token-of-the-tests']);
});

test.skipIf(process.platform !== 'linux')('an authority of the system is trusted', async () => {
  const upstream = await startTlsUpstream(await authority.issue('IP:127.0.0.1'));
  // Where OpenSSL is told to look for the system's own.
  const proxy = await startProxyChild(
    { upstreamUrl: upstream.url, localKey: LOCAL_KEY },
    { SSL_CERT_FILE: authority.file },
  );
  expect((await exchange(proxy.port, POST, '{}')).status).toBe(200);
});

test.each([
  ['of another name', () => authority.issue('DNS:elsewhere.example,IP:127.0.0.2')],
  ['that has expired', () => authority.issue('IP:127.0.0.1', -1)],
  ['of an unknown authority', () => stranger.issue('IP:127.0.0.1')],
])('a certificate %s is refused: 502 upstream_tls, and nothing is sent', async (_name, issue) => {
  const upstream = await startTlsUpstream(await issue());
  const proxy = await startTrusting(upstream);
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { type: 'api_error', code: 'upstream_tls' } });
  expect(answer.text).toContain('NODE_EXTRA_CA_CERTS');
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status: 502, errorType: 'upstream_tls' });
  const handshake = ['GET /v1/realtime HTTP/1.1', 'Host: localhost', KEY_LINE, 'Connection: Upgrade'];
  const socket = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
  const refused = await exchange(proxy.port, [...handshake, ...socket]);
  expect(refused.status).toBe(502);
  expect(refused.json()).toMatchObject({ error: { code: 'upstream_tls' } });
  expect(upstream.requests).toEqual([]);
});

test('a self-signed certificate is refused', async () => {
  const upstream = await startTlsUpstream({ cert: stranger.cert, key: await stranger.key() });
  const proxy = await startProxy({ upstream });
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { code: 'upstream_tls' } });
  expect(upstream.requests).toEqual([]);
});

test('a server that does not speak TLS is a 502, and is sent no token', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream: upstream.url.replace('http:', 'https:') });
  const client = await connectClient(proxy.port);
  await client.write(`${POST.join('\r\n')}\r\n\r\n{}`);
  const connection = await upstream.connection();
  await connection.write('HTTP/1.1 400 Bad Request\r\n\r\n');
  const answer = await client.answer();
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { code: 'upstream_tls' } });
  expect(connection.received.toString('latin1')).not.toContain('upstream-token');
});

test('a connection that breaks off during the TLS handshake is a 502', async () => {
  const upstream = await startRawUpstream();
  const proxy = await startProxy({ upstream: upstream.url.replace('http:', 'https:') });
  const client = await connectClient(proxy.port);
  await client.write(`${POST.join('\r\n')}\r\n\r\n{}`);
  const connection = await upstream.connection();
  await connection.until(() => connection.received.length > 0, 'a TLS hello');
  connection.reset();
  const answer = await client.answer();
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { code: 'upstream_reset' } });
});

test('a second connection resumes the session of the first', async () => {
  const upstream = await startTlsUpstream(await authority.issue('IP:127.0.0.1'));
  const proxy = await startTrusting(upstream);
  for (let i = 0; i < 2; i += 1) {
    expect((await exchange(proxy.port, POST, '{}')).status).toBe(200);
    upstream.drop();
  }
  expect([upstream.connections, upstream.resumed]).toEqual([2, 1]);
});
