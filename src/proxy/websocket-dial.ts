import type { ClientRequest, IncomingMessage } from 'node:http';
import type { connect } from 'node:net';
import { WebSocket } from 'ws';
import { CONNECT_TIMEOUT_MS } from '../net/connection-limits.js';
import type { Connector } from '../net/connector.js';
import type { Upstream } from '../net/upstream.js';
import type { UpstreamAccess } from '../session/session.js';
import { keyInSubprotocol } from './access.js';
import { addOwnFields, passedRequestFields } from './headers.js';
import type { IncomingRequest } from './incoming-request.js';

/** Realtime audio and whole images pass; beyond this a message is refused with close code 1009. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export interface DialEvents {
  /** The handshake is done with this answer. `protocol` is the subprotocol upstream chose. */
  onOpen(protocol: string | undefined, answer: IncomingMessage): void;
  /** Upstream answered with something else than 101; `outgoing` may be destroyed to drop the answer. */
  onRefused(incoming: IncomingMessage, outgoing: ClientRequest): void;
  onError(error: Error): void;
}

/**
 * Opens the upstream side of a WebSocket with the client's fields, subprotocols and exact path. Throws SyntaxError if
 * the client offered subprotocols that are not valid (RFC 6455 section 4.1).
 */
export function dialUpstream(
  request: IncomingRequest,
  target: Upstream,
  access: UpstreamAccess,
  upstreamPath: string,
  annotations: readonly string[],
  events: DialEvents,
): WebSocket {
  const offered = offeredProtocols(request);
  const { rawHeaders } = request;
  const { upstreamToken, projectId } = access;
  const fields = ['Host', target.host, ...passedRequestFields(rawHeaders)];
  addOwnFields(fields, rawHeaders, { upstreamToken, projectId, annotations });
  let giveUp = () => {};
  const upstream = new WebSocket(target.baseUrl.replace(/^http/, 'ws'), offered, {
    headers: collectHeaders(fields) as Record<string, string>,
    // A connection of its own: a handshake on a kept one that turns out dead would have to be sent again.
    createConnection: ((_options: unknown, done: Parameters<Connector>[0]) => {
      giveUp = target.connect(done);
    }) as unknown as typeof connect,
    handshakeTimeout: CONNECT_TIMEOUT_MS,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    followRedirects: false,
    skipUTF8Validation: true,
    finishRequest(outgoing: ClientRequest) {
      // A URL would be normalised on its way through ws; the path passes as it came.
      outgoing.path = target.basePath + upstreamPath;
      outgoing.end();
    },
  });
  upstream.on('upgrade', (answer: IncomingMessage) => {
    const chosen = answer.headers['sec-websocket-protocol'];
    // A server may choose none of the subprotocols (RFC 6455 section 4.2.2); ws would take that for an error.
    if (chosen === undefined && offered.length > 0) answer.headers['sec-websocket-protocol'] = offered[0];
    upstream.on('open', () => events.onOpen(chosen, answer));
  });
  upstream.on('unexpected-response', (outgoing, incoming) => events.onRefused(incoming, outgoing));
  // Ended before there is a connection: nothing else would give that up.
  upstream.on('close', () => giveUp());
  upstream.on('error', (error) => events.onError(withTimeoutCode(error)));
  return upstream;
}

/** The client's subprotocols, less the one that carries its key. */
function offeredProtocols(request: IncomingRequest): string[] {
  const offered = request.headers['sec-websocket-protocol'];
  if (offered === undefined) return [];
  return offered
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && keyInSubprotocol(name) === undefined);
}

/** ws takes an object: a field that comes twice becomes an array. */
function collectHeaders(flat: readonly string[]): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i] as string;
    const value = flat[i + 1] as string;
    const before = out[name];
    out[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return out;
}

function withTimeoutCode(error: Error): Error {
  return /handshake has timed out/.test(error.message) ? Object.assign(error, { code: 'ETIMEDOUT' }) : error;
}
