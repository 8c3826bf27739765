import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, type Certificate, createAuthority } from '../helpers/certificates.js';
import { type CorporateProxy, startCorporateProxy } from '../helpers/corporate-proxy.js';
import { startProxyChild } from '../helpers/proxy-child.js';
import { connectClient, exchange } from '../helpers/raw-client.js';
import { startRawUpstream } from '../helpers/raw-upstream.js';
import { KEY_LINE, LOCAL_KEY } from '../helpers/start-proxy.js';
import { startTlsUpstream, type TlsUpstream } from '../helpers/tls-upstream.js';
import { waitFor } from '../helpers/wait-for.js';
import { openWebSocket } from '../helpers/websockets.js';

const POST = ['POST /v1/responses HTTP/1.1', 'Host: localhost', KEY_LINE, 'Content-Length: 2'];
const SENT = 'POST /openai/v1/responses Bearer upstream-token-of-the-tests';
let authority: Authority;
let certificate: Certificate;

beforeAll(async () => {
  authority = await createAuthority();
  certificate = await authority.issue('DNS:mesh.invalid');
});
afterAll(() => authority.remove());

/** An upstream that only the corporate proxy can reach: its name resolves nowhere (RFC 6761). */
async function behind(env: (corporate: CorporateProxy) => Record<string, string>) {
  const upstream: TlsUpstream = await startTlsUpstream(certificate);
  const corporate = await startCorporateProxy();
  const proxy = await startProxyChild(
    { upstreamUrl: `https://mesh.invalid:${upstream.port}`, localKey: LOCAL_KEY },
    { NODE_EXTRA_CA_CERTS: authority.file, ...env(corporate) },
  );
  return { upstream, corporate, proxy };
}

test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('%s is honoured', async (name) => {
  const { upstream, corporate, proxy } = await behind(({ port }) => ({ [name]: `http://127.0.0.1:${port}` }));
  expect(await exchange(proxy.port, POST, '{}')).toMatchObject({ status: 200, text: 'secret answer' });
  expect(corporate.tunnels).toEqual([`mesh.invalid:${upstream.port}`]);
  expect(upstream.requests).toEqual([SENT]);
  // Inside the tunnel all is encrypted; what is said about it must tell nothing either.
  expect(corporate.fields.join()).not.toMatch(/upstream-token|prj/);
});

test('an address without a scheme is a plain proxy, as to other tools', async () => {
  const { upstream, proxy } = await behind(({ port }) => ({ HTTPS_PROXY: `127.0.0.1:${port}` }));
  expect((await exchange(proxy.port, POST, '{}')).status).toBe(200);
  expect(upstream.requests).toEqual([SENT]);
});

test('an address that is none is a failure that says so, and no end of the proxy', async () => {
  const { proxy } = await behind(() => ({ HTTPS_PROXY: 'http://[anna:secret' }));
  for (let i = 0; i < 2; i += 1) {
    const answer = await exchange(proxy.port, POST, '{}');
    expect(answer.status).toBe(502);
    expect(answer.text).toMatch(/proxy/i);
    expect(answer.text).not.toContain('secret');
  }
  expect(await proxy.ended(2)).toHaveLength(2);
});

test('a field that comes twice arrives twice', async () => {
  const { upstream, proxy } = await behind(({ port }) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` }));
  const twice = [...POST, 'X-Tag: one', 'x-tag: two'];
  expect((await exchange(proxy.port, twice, '{}')).status).toBe(200);
  const tags = upstream.fields.filter((_field, index) => /^x-tag$/i.test(upstream.fields[index - 1] ?? ''));
  expect(tags).toEqual(['one', 'two']);
});

test.each(['socks5', 'ftp'])('a %s proxy is refused with a sentence, not spoken to', async (scheme) => {
  const { corporate, proxy } = await behind(({ port }) => ({ HTTPS_PROXY: `${scheme}://127.0.0.1:${port}` }));
  const answer = await exchange(proxy.port, POST, '{}');
  expect([answer.status, corporate.tunnels]).toEqual([502, []]);
  expect(answer.text).toContain('HTTPS_PROXY');
});

test('one tunnel serves many requests', async () => {
  const { upstream, corporate, proxy } = await behind(({ port }) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` }));
  for (let i = 0; i < 3; i += 1) expect((await exchange(proxy.port, POST, '{}')).status).toBe(200);
  expect(upstream.requests).toEqual([SENT, SENT, SENT]);
  expect(corporate.tunnels).toHaveLength(1);
});

test('a WebSocket goes through the tunnel too', async () => {
  const { upstream, corporate, proxy } = await behind(({ port }) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` }));
  const client = await openWebSocket(proxy.port);
  client.socket.send('hello');
  expect(await client.texts(1)).toEqual(['hello']);
  expect(corporate.tunnels).toEqual([`mesh.invalid:${upstream.port}`]);
  expect(upstream.requests).toEqual(['WS /openai/v1/realtime?model=gpt-realtime Bearer upstream-token-of-the-tests']);
  client.socket.close();
});

test('the user and password of the corporate proxy are for it alone', async () => {
  const { upstream, corporate, proxy } = await behind(({ port }) => ({
    HTTPS_PROXY: `http://anna:pass%20word@127.0.0.1:${port}`,
  }));
  expect((await exchange(proxy.port, POST, '{}')).status).toBe(200);
  const credentials = `Basic ${Buffer.from('anna:pass word').toString('base64')}`;
  expect(corporate.fields).toContain(credentials);
  expect(upstream.fields).not.toContain(credentials);
});

test.each(['*', 'example.com, .invalid'])('NO_PROXY=%s goes around it', async (noProxy) => {
  const { upstream, corporate, proxy } = await behind(({ port }) => ({
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    NO_PROXY: noProxy,
  }));
  // Without the corporate proxy there is no way to that name.
  expect((await exchange(proxy.port, POST, '{}')).json()).toMatchObject({ error: { code: 'upstream_dns' } });
  expect(corporate.tunnels).toEqual([]);
  expect(upstream.requests).toEqual([]);
});

test.each(['HTTP_PROXY', 'ALL_PROXY'])('%s is not for an upstream on this machine', async (name) => {
  const upstream = await startRawUpstream();
  const corporate = await startCorporateProxy();
  const proxy = await startProxyChild(
    { upstreamUrl: upstream.url, localKey: LOCAL_KEY },
    { [name]: `http://127.0.0.1:${corporate.port}` },
  );
  const answered = exchange(proxy.port, POST, '{}');
  await (await upstream.request()).answer(200, 'ok');
  expect(await answered).toMatchObject({ status: 200, text: 'ok' });
  expect(corporate.urls).toEqual([]);
});

test.each([
  ['403', 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<blocked>'],
  ['407', 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n'],
  ['502', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nnope'],
])('a tunnel refused with %s is a failure of ours, not the model’s answer', async (_status, bytes) => {
  const { upstream, corporate, proxy } = await behind(({ port }) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` }));
  corporate.refuseWith = bytes;
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({ error: { type: 'api_error', message: expect.stringContaining('proxy') } });
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'failed', status: 502 });
  expect(upstream.requests).toEqual([]);
});

test('a corporate proxy that is not there is a 502 that names it', async () => {
  const { proxy } = await behind(() => ({ HTTPS_PROXY: 'http://anna:secret@127.0.0.1:1' }));
  const answer = await exchange(proxy.port, POST, '{}');
  expect(answer.status).toBe(502);
  expect(answer.text).toContain('127.0.0.1:1');
  expect(answer.text).not.toContain('secret');
});

test('a client’s abort closes the tunnel', async () => {
  const upstream = await startRawUpstream();
  const corporate = await startCorporateProxy();
  const proxy = await startProxyChild(
    { upstreamUrl: `https://mesh.invalid:${upstream.port}`, localKey: LOCAL_KEY },
    { HTTPS_PROXY: `http://127.0.0.1:${corporate.port}` },
  );
  const client = await connectClient(proxy.port);
  await client.write(`${POST.join('\r\n')}\r\n\r\n{}`);
  const connection = await upstream.connection();
  await connection.until(() => connection.received.length > 0, 'a TLS hello through the tunnel');
  client.reset();
  expect((await proxy.ended())[0]).toMatchObject({ outcome: 'interrupted', errorType: 'client_abort' });
  await waitFor(() => connection.closed, 'the tunnel to close');
});

test('a client that leaves while the tunnel is asked for ends that too', async () => {
  const corporate = await startRawUpstream();
  const proxy = await startProxyChild(
    { upstreamUrl: 'https://mesh.invalid', localKey: LOCAL_KEY },
    { HTTPS_PROXY: corporate.url },
  );
  const client = await connectClient(proxy.port);
  await client.write(`${POST.join('\r\n')}\r\n\r\n{}`);
  await waitFor(() => corporate.connections[0]?.received.includes('CONNECT'), 'a CONNECT');
  client.reset();
  await proxy.ended();
  await waitFor(() => corporate.open.length === 0, 'the connection to the corporate proxy to end');
});
