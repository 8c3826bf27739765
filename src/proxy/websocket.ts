import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, type WebSocketServer } from 'ws';
import { CorporateProxyError } from '../net/corporate-proxy.js';
import type { Failure } from '../net/failure.js';
import { upstreamFailure } from '../net/upstream-failure.js';
import type { UpstreamAccess } from '../session/session.js';
import { say } from '../words/say.js';
import { errorBody, recordedFailure, recordedLeave, sessionFailure } from './errors.js';
import type { ExchangeContext } from './exchange-context.js';
import { clientResponseHeaders } from './headers.js';
import type { IncomingRequest } from './incoming-request.js';
import { TokenRetry } from './token-retry.js';
import { answerAndClose } from './upgrade-answer.js';
import { dialUpstream } from './websocket-dial.js';
import { relayWebSockets, type WebSocketEnd } from './websocket-relay.js';

/** What a client may send before upstream has agreed to the WebSocket, and upstream in a refusal. */
const HELD_LIMIT_BYTES = 1024 * 1024;
/** What ws calls a connection that ended without a close frame (RFC 6455 section 7.1.5). */
const NO_CLOSE_FRAME = 1006;
const OURS: ReadonlySet<string> = new Set([
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'content-length',
]);

export interface WebSocketContext extends ExchangeContext {
  readonly acceptor: WebSocketServer;
}

/** Where a WebSocket stands. It goes down this list. */
type State =
  /** Upstream is dialled; what the client sends waits. */
  | 'dialling'
  /** Both sides are open, or closing. */
  | 'open'
  /** The client got an HTTP answer instead. */
  | 'refused'
  | 'over';

/**
 * One WebSocket through the proxy. Upstream is dialled first, with the client's subprotocols, so that a refused
 * handshake reaches the client as the HTTP answer it was.
 */
export class WebSocketForward {
  private readonly begunAt = performance.now();
  private client: WebSocket | undefined;
  private upstream: WebSocket | undefined;
  private requestBytes = 0;
  private responseBytes = 0;
  private status: number | undefined;
  private failure: Failure | undefined;
  private state: State = 'dialling';
  /** Without a word, as far as the WebSocket goes. */
  private clientLeft = false;
  private closedBy: 'client' | 'upstream' | undefined;
  private readonly tokenRetry: TokenRetry;
  private stopPings: (() => void) | undefined;
  /** What the client sent before it was accepted. */
  private held: Buffer[] = [];
  private heldBytes = 0;

  constructor(
    private readonly context: WebSocketContext,
    private readonly request: IncomingRequest,
    private readonly socket: Duplex,
    firstBytes: Buffer,
  ) {
    this.tokenRetry = new TokenRetry(context.accessSource);
    socket.on('close', () => this.onSocketClose());
    // Only a socket that is read tells that its client has left.
    socket.on('data', this.hold);
    socket.on('end', this.onClientLeftEarly);
    if (firstBytes.length > 0) this.hold(firstBytes);
    this.start();
  }

  /** Ends both sides now, as a server that goes away does (RFC 6455, 1001). */
  cut(failure: Failure): void {
    if (this.state === 'over') return;
    this.failure ??= failure;
    if (this.client) {
      this.client.close(1001, 'Meshbar stops');
      this.client.terminate();
    } else this.refuse(failure);
    this.upstream?.terminate();
  }

  private readonly hold = (bytes: Buffer): void => {
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes > HELD_LIMIT_BYTES) this.socket.pause();
  };

  private readonly onClientLeftEarly = (): void => {
    this.clientLeft = true;
    this.upstream?.terminate();
    this.socket.destroy();
  };

  private async start(): Promise<void> {
    try {
      this.dial(await this.context.access);
    } catch (error) {
      this.refuse(sessionFailure(error));
    }
  }

  private dial(access: UpstreamAccess): void {
    if (this.state !== 'dialling') return;
    const { context } = this;
    context.head.projectId = access.projectId;
    try {
      const upstream: WebSocket = dialUpstream(
        this.request,
        context.upstreamFor(access),
        access,
        context.route.upstreamPath,
        context.annotations,
        {
          onOpen: (protocol, answer) => this.accept(upstream, protocol, answer),
          onRefused: (incoming, outgoing) => this.onRefused(incoming, outgoing, access),
          onError: (error) => {
            if (upstream === this.upstream && !this.client) this.refuse(upstreamFailure(error, access.baseUrl));
          },
        },
      );
      this.upstream = upstream;
    } catch (error) {
      if (error instanceof CorporateProxyError) this.refuse(upstreamFailure(error, access.baseUrl));
      else this.refuse({ status: 400, errorType: 'invalid_request', reason: say('proxy.webSocket.handshake') });
    }
  }

  /** A refused upstream token is exchanged once; every other refusal goes to the client as it is. */
  private onRefused(incoming: IncomingMessage, outgoing: ClientRequest, access: UpstreamAccess): void {
    if (incoming.statusCode !== 401 || !this.tokenRetry.take()) {
      this.passRefusal(incoming);
      return;
    }
    this.tokenRetry.another(access).then(
      (next) => {
        if (!next) return this.passRefusal(incoming);
        outgoing.destroy();
        this.dial(next);
      },
      (error: unknown) => {
        outgoing.destroy();
        this.refuse(sessionFailure(error));
      },
    );
  }

  private accept(upstream: WebSocket, protocol: string | undefined, answer: IncomingMessage): void {
    const { context, request, socket } = this;
    if (this.state !== 'dialling' || socket.destroyed) {
      upstream.terminate();
      return;
    }
    socket.off('data', this.hold);
    socket.off('end', this.onClientLeftEarly);
    socket.pause();
    // The acceptor answers with the subprotocol upstream chose.
    request.headers['sec-websocket-protocol'] = protocol;
    const onHeaders = (lines: string[], accepted: IncomingMessage) => {
      if (accepted !== request) return;
      const fields = clientResponseHeaders(answer.rawHeaders, OURS);
      for (let i = 0; i < fields.length; i += 2) lines.push(`${fields[i]}: ${fields[i + 1]}`);
    };
    // What upstream says before the client is accepted waits in its socket.
    upstream.pause();
    context.acceptor.on('headers', onHeaders);
    context.acceptor.handleUpgrade(request, socket, Buffer.concat(this.held), (client) => {
      this.client = client;
      this.state = 'open';
      this.status = 101;
      context.observer.onResponseStart(101, {});
      this.relay({ socket: client, wire: request.socket }, { socket: upstream, wire: answer.socket });
      socket.resume();
      upstream.resume();
    });
    context.acceptor.off('headers', onHeaders);
    this.held = [];
  }

  private relay(client: WebSocketEnd, upstream: WebSocketEnd): void {
    const { observer } = this.context;
    this.stopPings = relayWebSockets(client, upstream, {
      onMessage: (side, data, isBinary) => {
        if (side === 'client') this.requestBytes += data.length;
        else this.responseBytes += data.length;
        observer.onMessage(side, data, isBinary);
      },
      onError: (side, error) => {
        const errorType = side === 'client' ? 'client_protocol' : 'upstream_protocol';
        const code = 'code' in error ? String(error.code) : error.name;
        this.failure ??= { status: 502, errorType, reason: say('proxy.webSocket.broke', { code }) };
      },
      onClose: (side, code) => {
        const other = side === 'client' ? upstream : client;
        if (other.socket.readyState !== WebSocket.OPEN) return;
        this.closedBy ??= side;
        if (side === 'client') this.clientLeft ||= code === NO_CLOSE_FRAME;
        else if (code !== 1000) {
          const reason = say('proxy.webSocket.closed', { code: String(code) });
          this.failure ??= { status: 502, errorType: 'upstream_closed', reason };
        }
      },
    });
  }

  private passRefusal(incoming: IncomingMessage): void {
    if (this.state !== 'dialling') return;
    const status = incoming.statusCode ?? 502;
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= HELD_LIMIT_BYTES) chunks.push(chunk);
      else incoming.destroy(new Error('too large'));
    });
    incoming.on('error', () =>
      this.refuse({ status: 502, errorType: 'upstream_reset', reason: say('proxy.webSocket.handshakeBroke') }),
    );
    incoming.on('end', () => {
      if (this.state !== 'dialling') return;
      const body = Buffer.concat(chunks);
      this.state = 'refused';
      this.status = status;
      this.context.observer.onResponseStart(status, incoming.headers);
      this.context.observer.onResponseData(body);
      this.responseBytes = body.length;
      const headers = clientResponseHeaders(incoming.rawHeaders, OURS);
      this.answer(status, incoming.statusMessage ?? '', headers, body);
    });
  }

  private refuse(failure: Failure): void {
    if (this.state !== 'dialling' || this.clientLeft) return;
    this.state = 'refused';
    this.failure ??= failure;
    this.status = failure.status;
    const { providerName, path } = this.context.head;
    const body = Buffer.from(errorBody(providerName, path, failure));
    this.context.observer.onResponseStart(failure.status, { 'content-type': 'application/json' });
    this.answer(failure.status, '', ['Content-Type', 'application/json', ...(failure.headers ?? [])], body);
  }

  private answer(status: number, statusMessage: string, headers: readonly string[], body: Buffer): void {
    this.socket.off('data', this.hold);
    // Hanging up after an answer, as it must, a client does not leave early.
    this.socket.off('end', this.onClientLeftEarly);
    answerAndClose(this.socket, status, statusMessage, headers, body);
    this.upstream?.terminate();
  }

  private onSocketClose(): void {
    const { client } = this;
    this.stopPings?.();
    // How it was closed, and the last messages, are only known once what came has been read.
    if (client && client.readyState !== WebSocket.CLOSED) client.once('close', () => this.end());
    else this.end();
  }

  private end(): void {
    if (this.state === 'over') return;
    this.state = 'over';
    if (!this.client) this.upstream?.terminate();
    const { failure } = this;
    const answered = this.status !== undefined;
    const left = !failure && (this.clientLeft || !answered);
    const outcome = this.status === 101 ? (failure || left ? 'interrupted' : 'complete') : 'failed';
    this.context.observer.onEnd({
      outcome: answered ? outcome : 'interrupted',
      status: this.status,
      closedBy: this.closedBy,
      durationMs: performance.now() - this.begunAt,
      requestBytes: this.requestBytes,
      responseBytes: this.responseBytes,
      ...(failure ? recordedFailure(failure) : {}),
      ...(left ? recordedLeave() : {}),
    });
    this.context.onEnd();
  }
}
