import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, type WebSocketServer } from 'ws';
import type { UpstreamAccess, UpstreamAccessSource } from '../session/session.js';
import { KEY_SUBPROTOCOL } from './auth.js';
import { errorBody, type Failure, sessionFailure, upstreamFailure } from './errors.js';
import { clientResponseHeaders, upstreamRequestHeaders } from './headers.js';
import type { ExchangeHead, ExchangeObserver } from './observer.js';
import type { Route } from './route.js';
import { CONNECT_TIMEOUT_MS, type Upstream } from './upstream-agent.js';

/** Both ends are pinged this often; an end that missed a whole interval is dead. */
const PING_INTERVAL_MS = 30_000;
/** While more than this waits to be sent to one side, the other is not read. */
const BACKLOG_BYTES = 1024 * 1024;
/** Realtime audio and whole images pass; beyond this a message is refused with close code 1009. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export interface WebSocketContext {
  readonly head: ExchangeHead;
  readonly route: Route;
  readonly access: UpstreamAccess | Promise<UpstreamAccess>;
  readonly accessSource: UpstreamAccessSource;
  upstreamFor(access: UpstreamAccess): Upstream;
  readonly observer: ExchangeObserver;
  readonly acceptor: WebSocketServer;
  readonly pingIntervalMs?: number;
  onEnd(): void;
}

/**
 * One WebSocket through the proxy. Upstream is dialled first, with the client's subprotocols, so that a refused
 * handshake reaches the client as the HTTP answer it was. Messages pass whole and in order both ways; close codes and
 * reasons are kept; a slow side stops the reading of the other.
 */
export class WebSocketForward {
  private client: WebSocket | undefined;
  private upstream: WebSocket | undefined;
  private readonly begunAt = performance.now();
  private requestBytes = 0;
  private responseBytes = 0;
  private status: number | undefined;
  private failure: Failure | undefined;
  private ended = false;
  private clientLeft = false;
  private retriedRefusal = false;
  private pinger: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: WebSocketContext,
    private readonly request: IncomingMessage,
    private readonly socket: Duplex,
    private readonly firstBytes: Buffer,
  ) {
    socket.on('error', () => {});
    socket.on('close', () => this.onSocketClose());
    this.start();
  }

  /** Ends both sides now, as a server that goes away does (RFC 6455, 1001). */
  cut(failure: Failure): void {
    if (this.ended) return;
    this.failure ??= failure;
    if (this.client) {
      this.client.close(1001, 'Meshbar stops');
      this.client.terminate();
    } else this.refuse(failure);
    this.upstream?.terminate();
  }

  private async start(): Promise<void> {
    try {
      this.dial(await this.context.access);
    } catch (error) {
      this.refuse(sessionFailure(error));
    }
  }

  private dial(access: UpstreamAccess): void {
    if (this.ended) return;
    const { context, request } = this;
    context.head.projectId = access.projectId;
    const target = context.upstreamFor(access);
    const headers = upstreamRequestHeaders(request.rawHeaders, {
      upstreamToken: access.upstreamToken,
      projectId: access.projectId,
      host: target.host,
    });
    const url = access.baseUrl.replace(/^http/, 'ws') + context.route.upstreamPath;
    const upstream = new WebSocket(url, offeredProtocols(request), {
      headers: Object.fromEntries(pairs(headers)),
      agent: target.agent,
      handshakeTimeout: CONNECT_TIMEOUT_MS,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      followRedirects: false,
      skipUTF8Validation: true,
    });
    this.upstream = upstream;
    upstream.on('unexpected-response', (outgoing, incoming) => {
      if (incoming.statusCode === 401 && !this.retriedRefusal) {
        this.retriedRefusal = true;
        context.accessSource.accessAfterRefusal(access.upstreamToken).then(
          (next) => {
            if (!next) return this.passRefusal(incoming);
            outgoing.destroy();
            this.dial({ ...next, projectId: access.projectId });
          },
          () => this.passRefusal(incoming),
        );
        return;
      }
      this.passRefusal(incoming);
    });
    upstream.on('error', (error) => {
      if (upstream !== this.upstream || this.client) return;
      this.refuse(upstreamFailure(withTimeoutCode(error), access.baseUrl));
    });
    upstream.on('open', () => this.accept(upstream));
  }

  private accept(upstream: WebSocket): void {
    const { context, request, socket, firstBytes } = this;
    if (this.ended || socket.destroyed) {
      upstream.terminate();
      return;
    }
    // The acceptor answers with the subprotocol upstream chose.
    request.headers['sec-websocket-protocol'] = upstream.protocol;
    if (upstream.protocol === '') delete request.headers['sec-websocket-protocol'];
    // What upstream says before the client is accepted waits in its socket.
    upstream.pause();
    context.acceptor.handleUpgrade(request, socket, firstBytes, (client) => {
      this.client = client;
      this.status = 101;
      context.observer.onResponseStart(101, {});
      this.relay(client, upstream, 'client');
      this.relay(upstream, client, 'upstream');
      this.keepAlive(client, upstream);
      upstream.resume();
    });
  }

  private relay(from: WebSocket, to: WebSocket, side: 'client' | 'upstream'): void {
    const { observer } = this.context;
    from.on('message', (data: RawData, isBinary) => {
      const bytes = data as Buffer;
      if (side === 'client') this.requestBytes += bytes.length;
      else this.responseBytes += bytes.length;
      observer.onMessage(side, bytes, isBinary);
      if (to.readyState !== WebSocket.OPEN) return;
      to.send(bytes, { binary: isBinary }, () => {
        if (from.isPaused && to.bufferedAmount < BACKLOG_BYTES) from.resume();
      });
      if (to.bufferedAmount >= BACKLOG_BYTES) from.pause();
    });
    from.on('error', (error) => {
      this.failure ??= {
        status: 502,
        errorType: side === 'client' ? 'client_protocol' : 'upstream_protocol',
        reason: `The WebSocket broke (${'code' in error ? String(error.code) : error.name}).`,
      };
    });
    from.on('close', (code, reason) => {
      if (side === 'client') this.clientLeft ||= this.upstream?.readyState === WebSocket.OPEN;
      else if (code !== 1000 && this.client?.readyState === WebSocket.OPEN) {
        this.failure ??= {
          status: 502,
          errorType: 'upstream_closed',
          reason: `MeshAgent closed the WebSocket (${code}).`,
        };
      }
      closeLike(to, code, reason);
    });
  }

  /** Pings keep idle connections open through NATs and notice a peer that is gone without a word. */
  private keepAlive(...sides: WebSocket[]): void {
    const alive = new Map(sides.map((side) => [side, true]));
    for (const side of sides) side.on('pong', () => alive.set(side, true));
    this.pinger = setInterval(() => {
      for (const side of sides) {
        // A paused side may have its pong waiting behind what we do not read.
        if (!alive.get(side) && !side.isPaused) side.terminate();
        else if (side.readyState === WebSocket.OPEN) {
          alive.set(side, false);
          side.ping();
        }
      }
    }, this.context.pingIntervalMs ?? PING_INTERVAL_MS);
  }

  private passRefusal(incoming: IncomingMessage): void {
    if (this.ended) return;
    const status = incoming.statusCode ?? 502;
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BACKLOG_BYTES) chunks.push(chunk);
    });
    incoming.on('error', () =>
      this.refuse({ status: 502, errorType: 'upstream_reset', reason: 'The handshake broke.' }),
    );
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const headers = clientResponseHeaders(incoming.rawHeaders, new Set(['content-length']));
      this.status = status;
      this.context.observer.onResponseStart(status, incoming.headers);
      this.context.observer.onResponseData(body);
      this.responseBytes = body.length;
      this.answer(status, incoming.statusMessage ?? '', headers, body);
    });
  }

  private refuse(failure: Failure): void {
    if (this.ended || this.status !== undefined) return;
    this.failure ??= failure;
    this.status = failure.status;
    const body = Buffer.from(errorBody(this.context.head.providerName, failure));
    this.context.observer.onResponseStart(failure.status, { 'content-type': 'application/json' });
    this.answer(failure.status, '', ['Content-Type', 'application/json'], body);
  }

  private answer(status: number, statusMessage: string, headers: readonly string[], body: Buffer): void {
    writeUpgradeAnswer(this.socket, status, statusMessage, headers, body);
    this.upstream?.terminate();
  }

  private onSocketClose(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.pinger);
    if (this.upstream && this.upstream.readyState <= WebSocket.OPEN && !this.client) this.upstream.terminate();
    const { failure } = this;
    const answered = this.status !== undefined;
    const broken = failure !== undefined || (!answered && !this.clientLeft);
    this.context.observer.onEnd({
      outcome: this.status === 101 ? (broken ? 'interrupted' : 'complete') : answered ? 'failed' : 'interrupted',
      status: this.status,
      durationMs: performance.now() - this.begunAt,
      requestBytes: this.requestBytes,
      responseBytes: this.responseBytes,
      ...(failure ? { errorType: failure.errorType, errorReason: failure.reason } : {}),
      ...(!failure && !answered ? { errorType: 'client_abort', errorReason: 'The client left.' } : {}),
    });
    this.context.onEnd();
  }
}

/** Answers an upgrade request with plain HTTP and closes. `headers` is flat. */
export function writeUpgradeAnswer(
  socket: Duplex,
  status: number,
  statusMessage: string,
  headers: readonly string[],
  body: Buffer,
): void {
  if (socket.destroyed) return;
  let head = `HTTP/1.1 ${status} ${statusMessage.replace(/[^\x20-\x7e]/g, '') || 'Refused'}\r\n`;
  for (const [name, value] of pairs(headers)) head += `${name}: ${value}\r\n`;
  head += `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head, 'latin1'), body]));
}

function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let i = 0; i < flat.length; i += 2) yield [flat[i] as string, flat[i + 1] as string];
}

/** The client's subprotocols, less the one that carries its key. */
function offeredProtocols(request: IncomingMessage): string[] {
  const offered = request.headers['sec-websocket-protocol'];
  if (offered === undefined) return [];
  return offered
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith(KEY_SUBPROTOCOL));
}

/** Closes with the other side's code; 1005, 1006 and 1015 say that there was none and can't be sent. */
function closeLike(side: WebSocket, code: number, reason: Buffer): void {
  if (side.readyState !== WebSocket.OPEN) return;
  if (code === 1005) side.close();
  else if (code === 1006 || code === 1015) side.terminate();
  else side.close(code, reason);
}

function withTimeoutCode(error: Error): Error {
  return /handshake has timed out/.test(error.message) ? Object.assign(error, { code: 'ETIMEDOUT' }) : error;
}
