import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import { MAX_HEADER_BYTES } from './answer-parser.js';
import { createConnect } from './connect.js';
import { KEEP_ALIVE_MS } from './connection-limits.js';
import { ConnectionPool } from './connection-pool.js';
import { isLoopbackHost } from './loopback.js';
import { type RequestHead, requestHead } from './request-head.js';
import { parseProxyUrl, TunnelAgent } from './tunnel.js';
import type { RequestListener, RequestStart, UpstreamRequest } from './upstream-request.js';

/** Its path is below the base URL. */
type OutgoingRequest = Omit<RequestStart, 'head'> & Omit<RequestHead, 'host'>;

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
   * Sends what a client asked for, on a connection that is kept or on a 'fresh' one. Throws TypeError (ERR_INVALID_CHAR)
   * for what is not valid HTTP.
   */
  send(request: OutgoingRequest, listener: RequestListener, connection?: 'kept' | 'fresh'): UpstreamRequest;
  /** Opens a request of our own, on a connection of its own; `headers` is a flat list that already holds Host. */
  request(method: string, path: string, headers: readonly string[]): http.ClientRequest;
  close(): void;
}

/**
 * Honours HTTPS_PROXY, ALL_PROXY and NO_PROXY, NODE_EXTRA_CA_CERTS and the system's certificates. Plain http is for
 * servers on this machine (session/precedence.ts), which no proxy stands before.
 * Throws TypeError for a base URL that is not http or https, CorporateProxyError for a proxy address that is no URL.
 */
export function createUpstream(baseUrl: string): Upstream {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') throw new TypeError(`${url.protocol} is not a protocol MeshAgent speaks`);
  const ca = secure ? trustedCertificates() : undefined;
  const options = { keepAlive: true, noDelay: true, keepAliveInitialDelay: KEEP_ALIVE_MS, ...(ca ? { ca } : {}) };
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  // What is on this machine is never reached by way of a proxy elsewhere, whatever the environment says.
  const proxyUrl = secure && !isLoopbackHost(hostname) ? getProxyForUrl(baseUrl) : '';
  const pool = new ConnectionPool(createConnect({ hostname, port, ca, proxyUrl, secure }));
  const freshAgent = !secure
    ? new http.Agent(options)
    : proxyUrl === ''
      ? new https.Agent(options)
      : new TunnelAgent(parseProxyUrl(proxyUrl), options);
  freshAgent.keepSocketAlive = () => false;
  const open = secure ? https.request : http.request;
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    baseUrl,
    host: url.host,
    basePath,
    freshAgent,
    send({ method, path, lines, fields, body, pieces }, listener, connection = 'kept') {
      const head = requestHead({ method, path: basePath + path, host: url.host, lines, fields });
      return pool.send({ method, head, body, pieces }, listener, connection);
    },
    request(method, path, headers) {
      return open({
        agent: freshAgent,
        hostname,
        port,
        method,
        path: basePath + path,
        headers: headers as string[],
        maxHeaderSize: MAX_HEADER_BYTES,
      });
    },
    close() {
      pool.close();
      freshAgent.destroy();
    },
  };
}

/** Node's own list, NODE_EXTRA_CA_CERTS and the operating system's, which is where companies put theirs. */
function trustedCertificates(): string[] {
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}
