import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import Client from 'undici/lib/dispatcher/client.js';
import { asConnectionError } from './connection-error.js';
import { CONNECT_TIMEOUT_MS, KEEP_ALIVE_MS } from './connection-limits.js';
import { CorporateProxyError } from './corporate-proxy.js';

/**
 * Asks a corporate proxy for a tunnel to `host` (RFC 9110 section 9.3.6); `done` gets its socket, or
 * CorporateProxyError. The tunnel carries nothing but TLS: the corporate proxy learns the host, never a token or a
 * prompt. Returns what gives it up.
 */
export function openTunnel(
  proxyUrl: URL,
  { host, port, secureContext }: { host: string; port: number; secureContext: SecureContext },
  done: (error: CorporateProxyError | null, socket?: Socket) => void,
): () => void {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const username = decodeURIComponent(proxyUrl.username);
  const credentials = Buffer.from(`${username}:${decodeURIComponent(proxyUrl.password)}`).toString('base64');
  const client = new Client(proxyUrl.origin, {
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS, keepAliveInitialDelay: KEEP_ALIVE_MS, secureContext },
    headersTimeout: CONNECT_TIMEOUT_MS,
  });
  let settled = false;
  const settle = (error: CorporateProxyError | null, socket?: Socket) => {
    if (settled) return;
    settled = true;
    // The tunnel's socket is not the client's any more.
    void client.destroy();
    done(error, socket);
  };
  const headers = ['Host', authority];
  if (username !== '') headers.push('Proxy-Authorization', `Basic ${credentials}`);
  client.dispatch(
    { method: 'CONNECT', path: authority, headers },
    {
      onRequestStart() {},
      onRequestUpgrade(_controller, status, _headers, socket) {
        if (status === 200) return settle(null, socket as Socket);
        socket.destroy();
        settle(new CorporateProxyError({ why: 'status', proxy: proxyUrl.host, status }));
      },
      onResponseError(_controller, error) {
        const { code } = asConnectionError(error) as { code?: unknown };
        const reason = typeof code === 'string' ? code : error.name;
        settle(new CorporateProxyError({ why: 'code', proxy: proxyUrl.host, reason }));
      },
    },
  );
  return () => {
    settled = true;
    void client.destroy();
  };
}
