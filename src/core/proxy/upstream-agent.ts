import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import { isLoopbackHost } from './auth.js';
import { parseProxyUrl, TunnelAgent } from './connect-tunnel.js';
import { KEEP_ALIVE_MS } from './connection-limits.js';

/** How to reach one base URL: connections are kept and shared until `close()`. */
export interface Upstream {
  readonly baseUrl: string;
  /** Value of the Host field. */
  readonly host: string;
  /** Path of the base URL, without a trailing slash; mostly empty. */
  readonly basePath: string;
  /**
   * Opens a connection of its own each time. WebSockets take these: a handshake on a kept connection that turns out dead
   * would have to be sent again, and none is left to be kept.
   */
  readonly freshAgent: http.Agent;
  /**
   * Opens a request; `headers` is a flat list that already holds Host and the body's framing. 'fresh' opens a connection
   * of its own, 'kept' reuses one where there is one.
   */
  request(method: string, path: string, headers: readonly string[], connection?: 'kept' | 'fresh'): http.ClientRequest;
  close(): void;
}

/** Taken from clients and from upstream alike. */
export const MAX_HEADER_BYTES = 64 * 1024;

/**
 * Honours HTTPS_PROXY, ALL_PROXY and NO_PROXY, NODE_EXTRA_CA_CERTS and the system's certificates. Plain http is for
 * servers on this machine (session/precedence.ts), which no proxy stands before.
 * Throws TypeError for a base URL that is not http or https, CorporateProxyError for a proxy address that is no URL.
 */
export function createUpstream(baseUrl: string): Upstream {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') throw new TypeError(`${url.protocol} is not a protocol MeshAgent speaks`);
  const options = {
    keepAlive: true,
    // Idle connections are probed no more often than this: a laptop's radio stays asleep.
    keepAliveMsecs: KEEP_ALIVE_MS,
    // The most recently used connection is the least likely to have been dropped meanwhile.
    scheduling: 'lifo' as const,
    maxFreeSockets: 64,
    noDelay: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    ...(secure ? { ca: trustedCertificates() } : {}),
  };
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // What is on this machine is never reached by way of a proxy elsewhere, whatever the environment says.
  const proxyUrl = isLoopbackHost(hostname) ? '' : getProxyForUrl(baseUrl);
  const createAgent = () => {
    if (!secure) return new http.Agent(options);
    return proxyUrl === '' ? new https.Agent(options) : new TunnelAgent(parseProxyUrl(proxyUrl), options);
  };
  const agent = createAgent();
  const freshAgent = createAgent();
  freshAgent.keepSocketAlive = () => false;
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const open = secure ? https.request : http.request;
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    baseUrl,
    host: url.host,
    basePath,
    freshAgent,
    request(method, path, headers, connection = 'kept') {
      const through = connection === 'kept' ? agent : freshAgent;
      return open({
        agent: through,
        hostname,
        port,
        method,
        path: basePath + path,
        headers: headers as string[],
        maxHeaderSize: MAX_HEADER_BYTES,
      });
    },
    close() {
      agent.destroy();
      freshAgent.destroy();
    },
  };
}

/** Node's own list, NODE_EXTRA_CA_CERTS and the operating system's, which is where companies put theirs. */
function trustedCertificates(): string[] {
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}
