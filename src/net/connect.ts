import { connect as connectTcp, isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import type { ReadyEvent } from './connection.js';
import { KEEP_ALIVE_MS } from './connection-limits.js';
import { openTunnel, parseProxyUrl } from './tunnel.js';

/** Opens a connection and gives its socket, which may still be connecting. Returns what gives it up before that. */
export type Connect = (done: (error: Error | undefined, socket?: Socket, ready?: ReadyEvent) => void) => () => void;

export interface ConnectOptions {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  /** Trusted authorities, PEM. */
  readonly ca: string[] | undefined;
  /** Of a corporate proxy, as the environment has it; '' for none. Throws CorporateProxyError if it is no URL. */
  readonly proxyUrl: string;
}

/** How to open connections to one server. A TLS session is resumed on the next connection, which saves a round trip. */
export function createConnect({ hostname: host, port, secure, ca, proxyUrl }: ConnectOptions): Connect {
  const target = { host, port };
  if (!secure) {
    return (done) => {
      done(undefined, tuned(connectTcp(target)), 'connect');
      return () => {};
    };
  }
  const servername = isIP(host) === 0 ? host : '';
  let session: Buffer | undefined;
  const secureSocket = (through?: Socket): Socket => {
    const socket = tls.connect({ ...target, socket: through, ca, servername, session });
    socket.on('session', (next) => {
      session = next;
    });
    // Of a session that is refused nothing may be left, or no connection would come about any more.
    socket.on('error', () => {
      session = undefined;
    });
    return socket;
  };
  if (proxyUrl === '') {
    return (done) => {
      done(undefined, tuned(secureSocket()), 'secureConnect');
      return () => {};
    };
  }
  const proxy = parseProxyUrl(proxyUrl);
  return (done) => {
    const asked = openTunnel(proxy, host, port, (error, through) => {
      if (through === undefined) return done(error ?? undefined);
      tuned(through);
      done(undefined, secureSocket(through), 'secureConnect');
    });
    return () => asked.destroy();
  };
}

/** Small writes go at once, and a dead peer is noticed. */
function tuned(socket: Socket): Socket {
  return socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
}
