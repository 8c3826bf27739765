import type { ServerResponse } from 'node:http';
import type { Failure } from '../net/failure.js';
import { upstreamFailure } from '../net/upstream-failure.js';
import type { AnswerHead, RequestListener, UpstreamRequest } from '../net/upstream-request.js';
import { countPassed } from '../net/v8-memory.js';
import type { UpstreamAccess } from '../session/session.js';
import type { BodyRewrite, ByteFilter } from '../shared/exchange.js';
import { say } from '../words/say.js';
import { AnswerRelay } from './answer-relay.js';
import { withCors } from './cors.js';
import { errorBody, recordedFailure, recordedLeave, sessionFailure } from './errors.js';
import type { ExchangeContext } from './exchange-context.js';
import { ExchangeTimes } from './exchange-times.js';
import { addOwnFields, bodyFields, clientResponseHeaders, passedRequestFields } from './headers.js';
import type { IncomingRequest } from './incoming-request.js';
import { REPLAY_LIMIT_BYTES, RequestBody } from './request-body.js';
import { TokenRetry } from './token-retry.js';

export interface ForwardContext extends ExchangeContext {
  readonly rewrite: BodyRewrite | undefined;
  /** CORS fields of every answer of this exchange, flat; empty unless a configured page called. */
  readonly corsHeaders: readonly string[];
  /** Told, once an answer has begun to pass, how long we held the request and the answer up; milliseconds. */
  readonly onHeldUp: ((ms: number) => void) | undefined;
}

/** Where an exchange stands. It goes down this list; from 'refused' it may go back to 'asked', once. */
type State =
  /** Waits for the upstream token, and for as much of the body as goes out with the head. */
  | 'gathering'
  /** The request went out, or is going out. */
  | 'asked'
  /** MeshAgent refused the token: its answer is held while another token is looked for. */
  | 'refused'
  /** The answer passes. */
  | 'answering'
  /** It has come whole; the client has yet to take the rest. */
  | 'answered'
  /** We answered ourselves, or cut the client's connection. */
  | 'failed'
  /** The client has its answer, or is gone. */
  | 'over';

const NOTHING = Buffer.alloc(0);
const WITHOUT_LENGTH: ReadonlySet<string> = new Set(['content-length']);

/**
 * One HTTP exchange: the client's request goes upstream, the answer comes back, byte for byte as they come.
 * Bodies that fit the replay limit are sent again once, after a 401 (with a new upstream token) or when a kept
 * connection turned out to be dead. `cut()` ends it when the proxy stops.
 */
export class Forward implements RequestListener {
  private state: State = 'gathering';
  private readonly times = new ExchangeTimes();
  private readonly tokenRetry: TokenRetry;
  private readonly body: RequestBody | undefined;
  private access: UpstreamAccess | undefined;
  private upstreamRequest: UpstreamRequest | undefined;
  private relay: AnswerRelay | undefined;
  private failure: Failure | undefined;
  private beginScheduled = false;
  private retriedStale = false;
  /** The first one may have been served too: it went out, whole or in part. */
  private sentTwice = false;
  /** What the client was given. */
  private status: number | undefined;
  /** Of an answer of our own. */
  private ownBytes = 0;

  constructor(
    private readonly context: ForwardContext,
    private readonly request: IncomingRequest,
    private readonly response: ServerResponse,
  ) {
    this.tokenRetry = new TokenRetry(context.accessSource);
    response.on('close', () => this.onClose());
    // Behind another request on its connection, an answer is told of that connection's end by newer Nodes alone.
    if (response.socket === null) request.socket.once('close', () => this.onClose());
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

  /** Nothing of an answer may be written any more. */
  private get isOver(): boolean {
    return this.state === 'failed' || this.state === 'over';
  }

  /** After this tick: a small body has then arrived whole and goes out in one write with the head. */
  private scheduleBegin(): void {
    if (this.state === 'gathering') this.times.arrived();
    if (this.beginScheduled || this.state !== 'gathering') return;
    this.beginScheduled = true;
    process.nextTick(() => {
      this.beginScheduled = false;
      this.begin();
    });
  }

  private begin(): void {
    const { body, access } = this;
    if (this.state !== 'gathering' || access === undefined) return;
    if (body) {
      if (body.bytes === 0 && !body.ended) return;
      // A rewrite needs the whole body, unless it is too large to hold.
      if (this.context.rewrite && !body.ended && body.bytes <= REPLAY_LIMIT_BYTES) return;
    }
    this.context.head.projectId = access.projectId;
    this.send(access);
  }

  private send(access: UpstreamAccess): void {
    this.state = 'asked';
    const { context, body, request } = this;
    const { method = 'GET', rawHeaders } = request;
    const { whole, transform, rewritten } = this.outgoingBody();
    const headers = passedRequestFields(rawHeaders, rewritten);
    const { upstreamToken, projectId } = access;
    addOwnFields(headers, rawHeaders, { upstreamToken, projectId, annotations: context.annotations });
    // A whole body's length is undici's to say; one that is changed on its way goes in chunks.
    const length = request.headers['content-length'];
    if (body ? whole === undefined && !transform && length !== undefined : length === '0') {
      headers.push('Content-Length', length as string);
    }
    try {
      const outgoing = {
        method,
        path: context.route.upstreamPath,
        headers,
        body: body && whole === undefined ? ('in pieces' as const) : whole,
      };
      this.upstreamRequest = context.upstreamFor(access).send(outgoing, this);
    } catch (error) {
      this.fail(sendFailure(error, access.baseUrl));
      return;
    }
    const { body: pieces } = this.upstreamRequest;
    if (pieces) body?.attach(pieces, transform);
    this.times.departed();
  }

  /** The body as it goes out: whole if it is here, else through `transform` if it is to be changed on its way. */
  private outgoingBody(): { whole?: Buffer; transform?: ByteFilter | undefined; rewritten: boolean } {
    const { body, context } = this;
    if (!body) return { rewritten: false };
    if (body.ended && body.replayable) {
      const original = body.whole();
      const whole = context.rewrite?.request(original) ?? original;
      return { whole, rewritten: whole !== original };
    }
    const transform = this.endingIfItFails(context.rewrite?.requestStream());
    return { transform, rewritten: transform !== undefined };
  }

  onDrain(): void {
    this.body?.onDrain();
  }

  onError(error: Error): void {
    if (this.isOver || this.state === 'answered') return;
    if (this.state === 'answering' || this.state === 'refused') {
      this.onBrokenAnswer(error);
      return;
    }
    // A kept connection may be closed by the other side just as we use it: if not a byte came back, the request goes out
    // again on another connection.
    const { upstreamRequest: outgoing, access } = this;
    const stale = outgoing?.reused && !outgoing.heard && /^(?:ECONNRESET|EPIPE)$/.test(codeOf(error));
    if (stale && access && !this.retriedStale && this.canSendAgain()) {
      this.retriedStale = true;
      this.sentTwice = outgoing.sent;
      this.body?.detach();
      // After a sleep the other kept connections are as dead.
      this.context.upstreamFor(access).closeIdle();
      this.send(access);
      return;
    }
    this.fail(upstreamFailure(error, access?.baseUrl ?? ''));
  }

  private canSendAgain(): boolean {
    return this.body === undefined || this.body.replayable;
  }

  onHead(head: AnswerHead): boolean {
    const { access } = this;
    if (head.status === 401 && access && this.tokenRetry.take()) {
      this.state = 'refused';
      this.afterRefusal(head, access);
      return true;
    }
    this.pass(head);
    return false;
  }

  /** The upstream token was refused: one more try with another, if there is one and the body is still here. */
  private afterRefusal(head: AnswerHead, refused: UpstreamAccess): void {
    this.tokenRetry.another(refused).then(
      (access) => {
        if (this.state !== 'refused') return;
        if (access === undefined || !this.canSendAgain()) {
          this.pass(head);
          this.upstreamRequest?.release();
          return;
        }
        this.body?.detach();
        this.access = access;
        // The refusal read to its end, its connection serves for this too.
        if (!this.upstreamRequest?.drop()) this.send(access);
        else {
          setImmediate(() => {
            if (this.state === 'refused') this.send(access);
          });
        }
      },
      (error: unknown) => this.fail(sessionFailure(error)),
    );
  }

  private pass({ status, fields }: AnswerHead): void {
    const { response, context } = this;
    const { observer, rewrite } = context;
    this.times.answered();
    if (this.body?.ended) this.body.forget();
    const form = bodyFields(fields);
    observer.onResponseStart(status, form);
    const filter = this.endingIfItFails(rewrite?.response(status, form));
    let headers = clientResponseHeaders(fields, filter ? WITHOUT_LENGTH : undefined);
    if (context.corsHeaders.length > 0) headers = withCors(headers, context.corsHeaders);
    try {
      response.writeHead(status, headers);
    } catch (error) {
      const reason = say('proxy.answer.head', { reason: codeOf(error) });
      this.fail({ status: 502, errorType: 'upstream_protocol', reason });
      return;
    }
    this.state = 'answering';
    this.status = status;
    this.relay = new AnswerRelay(response, filter);
    response.on('drain', () => this.upstreamRequest?.resume());
  }

  onBody(bytes: Buffer): void {
    if (this.state !== 'answering') return;
    const { observer } = this.context;
    if (this.times.firstChunk()) observer.onFirstChunk?.(this.times.timeToFirstChunkMs as number);
    countPassed(bytes.length);
    observer.onResponseData(bytes);
    this.relay?.take(bytes);
  }

  onRead(): void {
    if (this.state !== 'answering') return;
    if (!this.relay?.flush()) this.upstreamRequest?.pause();
    this.tellHeldUp();
  }

  onEnd(): void {
    if (this.state !== 'answering') return;
    this.relay?.flushFilter();
    // The filter may have failed.
    if (this.state !== 'answering') return;
    this.state = 'answered';
    this.relay?.finish();
    this.tellHeldUp();
  }

  private tellHeldUp(): void {
    const { onHeldUp } = this.context;
    const ms = onHeldUp && this.times.heldUpMs();
    if (ms !== undefined) onHeldUp?.(ms);
  }

  /** Bytes that were held back when a filter threw are lost: only an error is honest then. */
  private endingIfItFails(filter: ByteFilter | undefined): ByteFilter | undefined {
    if (!filter) return undefined;
    const attempt = (call: () => Buffer): Buffer => {
      try {
        return call();
      } catch {
        this.fail({ status: 500, errorType: 'internal', reason: say('proxy.answer.rewrite') });
        return NOTHING;
      }
    };
    return { push: (chunk) => attempt(() => filter.push(chunk)), flush: () => attempt(() => filter.flush()) };
  }

  private onBrokenAnswer(error: Error): void {
    const failure = upstreamFailure(error, this.access?.baseUrl ?? '');
    this.fail(
      failure.errorType === 'upstream_reset'
        ? { status: 502, errorType: 'upstream_closed', reason: say('proxy.answer.cut') }
        : failure,
    );
  }

  /** Tells the client in its provider's shape, or cuts its connection if part of an answer has gone. */
  private fail(failure: Failure): void {
    if (this.isOver) return;
    this.state = 'failed';
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
    const { context, response, failure, times, state } = this;
    if (state === 'over') return;
    this.state = 'over';
    // The client has its answer or is gone: either way nothing more is wanted from upstream.
    if (state !== 'answered') this.upstreamRequest?.destroy();
    const delivered = response.writableFinished;
    context.observer.onEnd({
      ...this.outcome(delivered),
      status: this.status,
      durationMs: times.durationMs,
      timeToFirstChunkMs: times.timeToFirstChunkMs,
      requestBytes: this.body?.bytes ?? 0,
      responseBytes: this.relay ? this.relay.sentBytes : this.ownBytes,
      ...(this.sentTwice ? { sentTwice: true } : {}),
      ...(failure && delivered ? recordedFailure(failure) : {}),
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
      return { outcome, ...recordedFailure(failure) };
    }
    return { outcome: 'interrupted' as const, ...recordedLeave() };
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
  return {
    status: 400,
    errorType: 'invalid_request',
    reason: say('proxy.request.unsendable', { reason: code }),
  };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error';
}
