import type { Socket } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import { connectionError } from './connection-error.js';
import { type Connector, createConnector } from './connector.js';
import { CLIENT_OPTIONS, KeptClient } from './kept-client.js';
import { isLoopbackHost } from './loopback.js';
import { type RequestListener, UpstreamRequest } from './upstream-request.js';

/** More idle connections are not kept: after a burst they would only be waited out. */
const MAX_IDLE = 64;

interface OutgoingRequest {
  readonly method: string;
  /** Below the base URL, with its query; sent as it is. */
  readonly path: string;
  /** Names and values, flat, without Host; a Content-Length among them where one is to be sent. */
  readonly headers: readonly string[];
  /** Here whole, or coming through the request's `body` (chunked without a Content-Length); undefined: there is none. */
  readonly body?: Buffer | 'in pieces' | undefined;
}

/** How to reach one base URL: connections are kept and shared until `close()`. */
export interface Upstream {
  readonly baseUrl: string;
  /** Value of the Host field. */
  readonly host: string;
  /** Path of the base URL, without a trailing slash; mostly empty. */
  readonly basePath: string;
  /** Opens a connection of one's own. */
  readonly connect: Connector;
  /** Throws what is wrong at once: TypeError's ERR_INVALID_CHAR for what is not valid HTTP. */
  send(request: OutgoingRequest, listener: RequestListener): UpstreamRequest;
  /** Lets go of every connection that carries nothing: after a sleep or a change of network they may all be dead. */
  closeIdle(): void;
  /** Ends everything; what is under way hears of an error. */
  close(): void;
}

/**
 * Honours HTTPS_PROXY, ALL_PROXY and NO_PROXY, NODE_EXTRA_CA_CERTS and the system's certificates. Plain http is for
 * servers on this machine (session/precedence.ts), which no proxy is before. `onSocket` sees each socket while it
 * still connects. Throws TypeError for a base URL that is not http or https, CorporateProxyError for a proxy address
 * that is no URL.
 */
export function createUpstream(baseUrl: string, onSocket?: (socket: Socket) => void): Upstream {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') throw new TypeError(`${url.protocol} is not a protocol MeshAgent speaks`);
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  // What is on this machine is never reached by way of a proxy elsewhere, whatever the environment says.
  const proxyUrl = secure && !isLoopbackHost(hostname) ? getProxyForUrl(baseUrl) : '';
  const connector = createConnector({ hostname, port, secure, proxyUrl });
  const connect: Connector = (done) => connector(done, onSocket);
  const clients = new Set<KeptClient>();
  const pool = new Pool(url.origin, {
    ...CLIENT_OPTIONS,
    connections: null,
    factory(origin) {
      const client = KeptClient.create(origin, connect, () => {
        if (idleCount(clients) > MAX_IDLE) retire(client, origin);
      });
      clients.add(client);
      return client;
    },
  });
  // A client that failed to connect is the pool's no more.
  pool.on('connectionError', (_origin, targets) => {
    for (const target of targets) clients.delete(target as unknown as KeptClient);
  });
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    baseUrl,
    host: url.host,
    basePath,
    connect,
    send({ method, path, headers, body }, listener) {
      const inPieces = body === 'in pieces';
      const request = new UpstreamRequest(listener, inPieces);
      const options: Dispatcher.DispatchOptions = {
        method,
        path: basePath + path,
        headers: ['Host', url.host, ...headers],
        body: inPieces ? undefined : body,
      };
      request.dispatch(pool, options);
      return request;
    },
    closeIdle() {
      for (const client of clients) client.closeIdle();
    },
    close() {
      void pool.destroy();
    },
  };
}

function idleCount(clients: ReadonlySet<KeptClient>): number {
  if (clients.size <= MAX_IDLE) return 0;
  let count = 0;
  for (const client of clients) if (client.isIdle) count += 1;
  return count;
}

/** Takes a client out of its pool for good. It is what a pool does with one that could not connect; there is no other way. */
function retire(client: KeptClient, origin: URL): void {
  client.emit('connectionError', origin, [client], connectionError('IDLE'));
}
