import type { Socket } from 'node:net';
import tls from 'node:tls';
import buildConnector from 'undici/lib/core/connect.js';
import { asConnectionError, connectionError } from './connection-error.js';
import { CONNECT_TIMEOUT_MS, KEEP_ALIVE_MS } from './connection-limits.js';
import { parseProxyUrl } from './corporate-proxy.js';
import { openTunnel } from './tunnel.js';

export interface ConnectorOptions {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  /** Of a corporate proxy, as the environment has it; '' for none. */
  readonly proxyUrl: string;
}

/**
 * Opens a connection to one server. `done` is called once, with a socket that is ready (TLS included) or with an error
 * in the codes of upstream-failure.ts; never after the returned function, which gives the connection up. `onSocket`
 * sees the socket while it still connects.
 */
export type Connector = (
  done: (error: Error | null, socket: Socket | null) => void,
  onSocket?: (socket: Socket) => void,
) => () => void;

type Opening = Parameters<buildConnector.connector>[0];

/** Small writes go at once, a dead peer is noticed, and HTTP/2 is not offered (docs/adr/0021). */
const SHARED = {
  timeout: CONNECT_TIMEOUT_MS,
  keepAliveInitialDelay: KEEP_ALIVE_MS,
  allowH2: false,
  maxCachedSessions: 0,
};

/**
 * How to reach one server, by way of a corporate proxy if there is one. TLS sessions are resumed, which saves a round
 * trip. Throws CorporateProxyError for a proxy's address that is no URL.
 */
export function createConnector({ hostname, port, secure, proxyUrl }: ConnectorOptions): Connector {
  const target = { hostname, host: hostname, protocol: secure ? 'https:' : 'http:', port: String(port) };
  if (!secure) return opener(buildConnector(SHARED), target, () => {});
  const proxy = proxyUrl === '' ? undefined : parseProxyUrl(proxyUrl);
  // Parsed once: the certificates of a system are two hundred.
  const secureContext = tls.createSecureContext({ ca: trustedCertificates() });
  /** Held here, since undici holds sessions weakly: they would be gone with the next collection. */
  let session: Buffer | undefined;
  const watch = (socket: Socket) => {
    socket.on('session', (next: Buffer) => {
      session = next;
    });
    // Of a session that is refused nothing may be left, or no connection would come about any more.
    const forget = () => {
      session = undefined;
    };
    socket.on('error', forget);
    socket.once('secureConnect', () => socket.off('error', forget));
  };
  const connect: Connector = (done, onSocket) =>
    opener(buildConnector({ ...SHARED, secureContext, session }), target, watch)(done, onSocket);
  if (proxy === undefined) return connect;
  return (done, onSocket) => {
    let cancel = openTunnel(proxy, { host: hostname, port, secureContext }, (error, httpSocket) => {
      if (httpSocket === undefined) return done(error, null);
      const options = { ...SHARED, secureContext, session };
      cancel = opener(buildConnector(options), { ...target, httpSocket }, watch)(done, onSocket);
    });
    return () => cancel();
  };
}

/** Node's own list, NODE_EXTRA_CA_CERTS and the operating system's, which is where companies put theirs. */
function trustedCertificates(): string[] {
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}

/** undici's connector as one of ours: with a way to give up, and without errors that it would try again for ever. */
function opener(connect: buildConnector.connector, target: Opening, watch: (socket: Socket) => void): Connector {
  return (done, onSocket) => {
    let settled = false;
    const callback: buildConnector.Callback = (error, socket) => {
      if (settled) return;
      settled = true;
      if (error) done(asConnectionError(error), null);
      else if (socket.destroyed) done(connectionError('ECONNRESET'), null);
      else done(null, socket);
    };
    // The type says nothing of the socket it returns, which its documentation and ours need.
    const socket = connect(target, callback) as unknown as Socket;
    watch(socket);
    onSocket?.(socket);
    return () => {
      if (settled) return;
      settled = true;
      target.httpSocket?.destroy();
      socket.destroy();
    };
  };
}
