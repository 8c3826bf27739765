import type { ServerResponse } from 'node:http';
import type { Upstream } from '../net/upstream.js';
import { upstreamFailure } from '../net/upstream-failure.js';
import type { AnswerHead, RequestListener, UpstreamRequest } from '../net/upstream-request.js';
import type { UpstreamAccess, UpstreamAccessSource } from '../session/session.js';
import type { BodyRewrite, ByteFilter, ExchangeHead, ExchangeObserver } from '../shared/exchange.js';
import type { Failure } from '../shared/failure.js';
import { AnswerRelay } from './answer-relay.js';
import { withCors } from './cors.js';
import { errorBody, sessionFailure } from './errors.js';
import { addOwnFields, bodyFields, clientResponseHeaders, passedRequestFields } from './headers.js';
import type { IncomingRequest } from './incoming-request.js';
import { countPassed } from './passed-bytes.js';
import { REPLAY_LIMIT_BYTES, RequestBody } from './request-body.js';
import type { Route } from './route.js';

export interface ForwardContext {
  readonly head: ExchangeHead;
  readonly route: Route;
  /** What to send with this exchange, already taken or on its way. */
  readonly access: UpstreamAccess | Promise<UpstreamAccess>;
  readonly accessSource: UpstreamAccessSource;
  upstreamFor(access: UpstreamAccess): Upstream;
  readonly observer: ExchangeObserver;
  readonly rewrite: BodyRewrite | undefined;
  /** Fields that label the exchange for MeshAgent, flat. */
  readonly annotations: readonly string[];
  /** CORS fields of every answer of this exchange, flat; empty unless a configured page called. */
  readonly corsHeaders: readonly string[];
  /** Told, once an answer has begun to pass, how long we held the request and the answer up; milliseconds. */
  readonly onHeldUp: ((ms: number) => void) | undefined;
  onEnd(): void;
}

const NOTHING = Buffer.alloc(0);
const WITHOUT_LENGTH: ReadonlySet<string> = new Set(['content-length']);

/**
 * One HTTP exchange: the client's request goes upstream, the answer comes back, byte for byte as they come.
 * Bodies that fit the replay limit are sent again once, after a 401 (with a new upstream token) or when a kept
 * connection turned out to be dead. `cut()` ends it when the proxy stops.
 */
export class Forward implements RequestListener {
  private readonly body: RequestBody | undefined;
  private access: UpstreamAccess | undefined;
  private upstreamRequest: UpstreamRequest | undefined;
  /** A refusal that is passed to the client unless there is another upstream token. */
  private heldRefusal: AnswerHead | undefined;
  private relay: AnswerRelay | undefined;
  private answeredAt = 0;
  private readonly begunAt = performance.now();
  /** When what we had to wait for before sending was here: the head, or as much of the body as is sent with it. */
  private arrivedAt = this.begunAt;
  private departedAt: number | undefined;
  private firstChunkAt: number | undefined;
  private begun = false;
  private beginScheduled = false;
  private retriedStale = false;
  /** The first one may have been served too: it went out, whole or in part. */
  private sentTwice = false;
  private retriedRefusal = false;
  /** Of an answer of our own. */
  private ownBytes = 0;
  private failure: Failure | undefined;
  private status: number | undefined;
  /** The upstream's answer has passed whole. */
  private answered = false;
  private heldUpTold = false;
  private ended = false;

  constructor(
    private readonly context: ForwardContext,
    private readonly request: IncomingRequest,
    private readonly response: ServerResponse,
  ) {
    response.on('close', () => this.onClose());
    if (hasBody(request)) {
      this.body = new RequestBody(
        request,
        (chunk) => {
          countPassed(chunk.length);
          context.observer.onRequestData(chunk);
        },
        () => this.scheduleBegin(),
      );
    }
    const { access } = context;
    if (access instanceof Promise) {
      access.then(
        (value) => {
          this.access = value;
          this.begin();
        },
        (error: unknown) => this.fail(sessionFailure(error)),
      );
    } else {
      this.access = access;
      if (!this.body) this.begin();
    }
  }

  /** Ends the exchange now; the client sees an error, never a complete answer. */
  cut(failure: Failure): void {
    this.fail(failure);
  }

  /** After this tick: a small body has then arrived whole and goes out in one write with the head. */
  private scheduleBegin(): void {
    if (!this.begun) this.arrivedAt = performance.now();
    if (this.beginScheduled || this.begun) return;
    this.beginScheduled = true;
    process.nextTick(() => {
      this.beginScheduled = false;
      this.begin();
    });
  }

  private begin(): void {
    const { body, access } = this;
    if (this.begun || this.ended || access === undefined) return;
    if (body) {
      if (body.bytes === 0 && !body.ended) return;
      // A rewrite needs the whole body, unless it is too large to hold.
      if (this.context.rewrite && !body.ended && body.bytes <= REPLAY_LIMIT_BYTES) return;
    }
    this.begun = true;
    this.context.head.projectId = access.projectId;
    this.send(access);
  }

  private send(access: UpstreamAccess): void {
    const { context, body } = this;
    let upstream: Upstream;
    try {
      upstream = context.upstreamFor(access);
    } catch (error) {
      this.fail(upstreamFailure(error, access.baseUrl));
      return;
    }
    let rewritten = false;
    let whole: Buffer | undefined;
    let transform: ByteFilter | undefined;
    let length: string | undefined;
    if (body?.ended && body.replayable) {
      const original = body.whole();
      whole = context.rewrite?.request(original) ?? original;
      rewritten = whole !== original;
    } else if (body) {
      transform = this.endingIfItFails(context.rewrite?.requestStream());
      rewritten = transform !== undefined;
      if (!transform) length = this.request.headers['content-length'];
    } else if (this.request.headers['content-length'] === '0') {
      length = '0';
    }
    const { method = 'GET', rawHeaders } = this.request;
    const { upstreamToken, projectId } = access;
    const headers = passedRequestFields(rawHeaders, rewritten);
    addOwnFields(headers, rawHeaders, { upstreamToken, projectId, annotations: context.annotations });
    if (length !== undefined) headers.push('Content-Length', length);
    const inPieces = body !== undefined && whole === undefined;
    let outgoing: UpstreamRequest;
    try {
      const sent = {
        method,
        path: context.route.upstreamPath,
        headers,
        body: inPieces ? ('in pieces' as const) : whole,
      };
      outgoing = upstream.send(sent, this);
    } catch (error) {
      this.fail(sendFailure(error, access.baseUrl));
      return;
    }
    this.upstreamRequest = outgoing;
    if (outgoing.body) body?.attach(outgoing.body, transform);
    this.departedAt ??= performance.now();
  }

  private sendUnlessOver(access: UpstreamAccess): void {
    if (!this.isOver) this.send(access);
  }

  onDrain(): void {
    this.body?.onDrain();
  }

  onError(error: Error): void {
    if (this.ended) return;
    if (this.relay || this.heldRefusal) {
      this.onBrokenAnswer(error);
      return;
    }
    // A kept connection may be closed by the other side just as we use it: if not a byte came back, the request goes out
    // once more on another connection.
    const { upstreamRequest: outgoing } = this;
    const stale = outgoing?.reused && !outgoing.heard && /^(?:ECONNRESET|EPIPE)$/.test(codeOf(error));
    if (stale && !this.retriedStale && this.canSendAgain() && this.access) {
      this.retriedStale = true;
      this.sentTwice = outgoing.sent;
      this.body?.detach();
      // After a sleep the other kept connections are as dead.
      this.context.upstreamFor(this.access).closeIdle();
      this.send(this.access);
      return;
    }
    this.fail(upstreamFailure(error, this.access?.baseUrl ?? ''));
  }

  private canSendAgain(): boolean {
    return this.body === undefined || this.body.replayable;
  }

  onHead(head: AnswerHead): boolean {
    if (head.status === 401 && !this.retriedRefusal && this.access) {
      this.retriedRefusal = true;
      this.heldRefusal = head;
      this.afterRefusal(head, this.access);
      return true;
    }
    this.pass(head);
    return false;
  }

  /** The upstream token was refused: one more try with another, if there is one and the body is still here. */
  private afterRefusal(head: AnswerHead, refused: UpstreamAccess): void {
    this.context.accessSource.accessAfterRefusal(refused.upstreamToken).then(
      (access) => {
        if (this.ended || this.failure) return;
        this.heldRefusal = undefined;
        if (access === undefined || !this.canSendAgain()) {
          this.pass(head);
          this.upstreamRequest?.release();
          return;
        }
        this.body?.detach();
        // An exchange keeps the project it began with, also if another was chosen meanwhile.
        const next = { ...access, projectId: refused.projectId };
        this.access = next;
        // The refusal read to its end, its connection serves for this too.
        if (this.upstreamRequest?.drop()) setImmediate(() => this.sendUnlessOver(next));
        else this.send(next);
      },
      (error: unknown) => this.fail(sessionFailure(error)),
    );
  }

  private pass({ status, fields }: AnswerHead): void {
    const { response, context } = this;
    const { observer, rewrite } = context;
    this.answeredAt = performance.now();
    this.status = status;
    if (this.body?.ended) this.body.forget();
    const form = bodyFields(fields);
    observer.onResponseStart(status, form);
    const filter = this.endingIfItFails(rewrite?.response(status, form));
    let headers = clientResponseHeaders(fields, filter ? WITHOUT_LENGTH : undefined);
    if (context.corsHeaders.length > 0) headers = withCors(headers, context.corsHeaders);
    try {
      response.writeHead(status, headers);
    } catch (error) {
      this.status = undefined;
      const reason = `The answer has an invalid head (${codeOf(error)}).`;
      this.fail({ status: 502, errorType: 'upstream_protocol', reason });
      return;
    }
    this.relay = new AnswerRelay(response, filter);
    response.on('drain', () => this.upstreamRequest?.resume());
  }

  onBody(bytes: Buffer): void {
    if (this.isOver) return;
    const { observer } = this.context;
    if (this.firstChunkAt === undefined) {
      this.firstChunkAt = performance.now();
      observer.onFirstChunk?.(this.firstChunkAt - this.begunAt);
    }
    countPassed(bytes.length);
    observer.onResponseData(bytes);
    this.relay?.take(bytes);
  }

  onRead(): void {
    if (this.isOver || !this.relay) return;
    if (!this.relay.flush()) this.upstreamRequest?.pause();
    this.tellHeldUp();
  }

  onEnd(): void {
    if (this.isOver || !this.relay) return;
    this.relay.flushFilter();
    if (this.isOver) return;
    this.answered = true;
    this.relay.finish();
    this.tellHeldUp();
  }

  /** Nothing of the answer may be written any more. */
  private get isOver(): boolean {
    return this.ended || this.failure !== undefined;
  }

  /** Once, when the answer has begun to pass. */
  private tellHeldUp(): void {
    if (this.heldUpTold) return;
    this.heldUpTold = true;
    const { arrivedAt, departedAt = arrivedAt } = this;
    this.context.onHeldUp?.(departedAt - arrivedAt + (performance.now() - this.answeredAt));
  }

  /** Bytes that were held back when a filter threw are lost: only an error is honest then. */
  private endingIfItFails(filter: ByteFilter | undefined): ByteFilter | undefined {
    if (!filter) return undefined;
    const attempt = (call: () => Buffer): Buffer => {
      try {
        return call();
      } catch {
        const reason = 'Usage could not be asked for on this stream; --no-ask-usage leaves streams as they are.';
        this.fail({ status: 500, errorType: 'internal', reason });
        return NOTHING;
      }
    };
    return { push: (chunk) => attempt(() => filter.push(chunk)), flush: () => attempt(() => filter.flush()) };
  }

  private onBrokenAnswer(error: Error): void {
    if (this.ended || this.answered) return;
    const failure = upstreamFailure(error, this.access?.baseUrl ?? '');
    this.fail(
      failure.errorType === 'upstream_reset'
        ? { status: 502, errorType: 'upstream_closed', reason: 'The connection to MeshAgent was cut in mid-answer.' }
        : failure,
    );
  }

  /** Tells the client in its provider's shape, or cuts its connection if part of an answer has gone. */
  private fail(failure: Failure): void {
    if (this.ended || this.failure) return;
    this.failure = failure;
    const { response, context } = this;
    this.body?.discard();
    if (response.headersSent || response.destroyed) {
      cutConnection(this.request, response);
    } else {
      this.status = failure.status;
      const text = errorBody(context.head.providerName, context.head.path, failure);
      const headers = ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(text))];
      headers.push(...(failure.headers ?? []), ...context.corsHeaders);
      context.observer.onResponseStart(failure.status, { 'content-type': 'application/json' });
      this.ownBytes = Buffer.byteLength(text);
      response.writeHead(failure.status, headers);
      response.end(text);
    }
    this.upstreamRequest?.destroy();
  }

  /** The last thing that happens, however the exchange went. */
  private onClose(): void {
    if (this.ended) return;
    this.ended = true;
    const { context, response, failure } = this;
    // The client has its answer or is gone: either way nothing more is wanted from upstream.
    if (!this.answered) this.upstreamRequest?.destroy();
    const delivered = response.writableFinished;
    context.observer.onEnd({
      ...this.outcome(delivered),
      status: this.status,
      durationMs: performance.now() - this.begunAt,
      timeToFirstChunkMs: this.firstChunkAt === undefined ? undefined : this.firstChunkAt - this.begunAt,
      requestBytes: this.body?.bytes ?? 0,
      responseBytes: this.relay ? this.relay.sentBytes : this.ownBytes,
      ...(this.sentTwice ? { sentTwice: true } : {}),
      ...(failure && delivered ? { errorType: failure.errorType, errorReason: failure.reason } : {}),
    });
    // An upload that outlasts its answer (413) is read to its end, or the client would wait for ever.
    this.body?.discard();
    context.onEnd();
  }

  private outcome(delivered: boolean) {
    const { failure } = this;
    if (delivered) return { outcome: failure ? ('failed' as const) : ('complete' as const) };
    if (failure) {
      const outcome = this.status === undefined ? ('failed' as const) : ('interrupted' as const);
      return { outcome, errorType: failure.errorType, errorReason: failure.reason };
    }
    return { outcome: 'interrupted' as const, errorType: 'client_abort', errorReason: 'The client left.' };
  }
}

/** A request has a body exactly if it says how it is framed (RFC 9112 section 6). */
function hasBody(request: IncomingRequest): boolean {
  const length = request.headers['content-length'];
  return (length !== undefined && length !== '0') || request.headers['transfer-encoding'] !== undefined;
}

/**
 * An answer whose length the client can't know (HTTP/1.0) ends with the connection: only a reset tells it apart from a
 * complete one.
 */
function cutConnection(request: IncomingRequest, response: ServerResponse): void {
  if (request.httpVersionMinor === 0) request.socket.resetAndDestroy();
  else response.destroy();
}

/** Of a request that could not even be sent: paths and values that are not valid HTTP (control characters), mostly. */
function sendFailure(error: unknown, baseUrl: string): Failure {
  const code = codeOf(error);
  if (code !== 'ERR_INVALID_CHAR') return upstreamFailure(error, baseUrl);
  return { status: 400, errorType: 'invalid_request', reason: `This request can't be sent: ${code}.` };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error';
}
