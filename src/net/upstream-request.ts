import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { asConnectionError, connectionError } from './connection-error.js';
import { isAmbiguouslyFramed } from './framing.js';
import type { KeptClient } from './kept-client.js';

/** What an answer's head says. */
export interface AnswerHead {
  readonly status: number;
  /** Names and values, flat, in their order and spelling. */
  readonly fields: readonly string[];
}

/** What happens to one request. After `onEnd` or `onError` nothing more comes, except `onDrain`. */
export interface RequestListener {
  /** The final head; informational ones (1xx) are passed over. True: what follows waits until `release()`. */
  onHead(head: AnswerHead): boolean;
  /** A piece of the body without its framing. */
  onBody(bytes: Buffer): void;
  /** All that one read brought has been given. */
  onRead(): void;
  /** The whole answer has been given. */
  onEnd(): void;
  onError(error: Error): void;
  /** There is room again for the body of the request. */
  onDrain(): void;
}

/** The body of a request that comes in pieces. */
export interface PiecewiseBody {
  /** A piece; false: no more until `onDrain`. Once nobody reads it, it is dropped, and never held up. */
  write(bytes: Buffer): boolean;
  end(bytes?: Buffer): void;
  readonly needsDrain: boolean;
}

const BODY_BUFFER_BYTES = 64 * 1024;

export class BodyStream extends Readable implements PiecewiseBody {
  constructor(onDrain: () => void) {
    super({ highWaterMark: BODY_BUFFER_BYTES, read: onDrain });
    // undici destroys it with the request's error, which the request's listener hears.
    this.on('error', () => {});
  }

  write(bytes: Buffer): boolean {
    return this.destroyed || this.push(bytes);
  }

  end(bytes?: Buffer): void {
    if (this.destroyed) return;
    if (bytes) this.push(bytes);
    this.push(null);
  }

  get needsDrain(): boolean {
    return !this.destroyed && this.readableLength >= this.readableHighWaterMark;
  }
}

/** Heads before the final one; a server that sends no other is broken. */
const MAX_INFORMATIONAL = 32;
const BLANK_AT_END = /[ \t]+$/;

type Controller = Dispatcher.DispatchController;

/** One request to MeshAgent and what comes back for it: undici's handler, with the guards of docs/adr/0021. */
export class UpstreamRequest implements Dispatcher.DispatchHandler {
  /** Its head went out. */
  sent = false;
  /** A byte came back. */
  heard = false;
  /** It went out, or was to go out, on a connection that had been used before. */
  reused = false;
  readonly body: BodyStream | undefined;
  /** undici is being given it: what fails now, such as a line end in a field, is thrown by whoever sends. */
  private dispatching = false;
  private refusal: Error | undefined;
  /** Whose connection it gets; undefined until undici has chosen one. */
  client: KeptClient | undefined;
  private listener: RequestListener | undefined;
  private controller: Controller | undefined;
  /** What came behind a head that is held: undici may go on although it was paused (a short rest, an answer to HEAD). */
  private held: Buffer[] | undefined;
  private informational = 0;
  /** Answered whole, or failed. */
  private isOver = false;

  /** `inPieces`: the body follows through `body`. */
  constructor(listener: RequestListener, inPieces: boolean) {
    this.listener = listener;
    if (inPieces) this.body = new BodyStream(() => this.listener?.onDrain());
  }

  /** Gives it to undici. Throws what is wrong with it at once, in the codes of upstream-failure.ts. */
  dispatch(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): void {
    this.dispatching = true;
    dispatcher.dispatch(this.body ? { ...options, body: this.body } : options, this);
    this.dispatching = false;
    if (this.refusal) throw this.refusal;
  }

  /** The client reads slowly: so do we. */
  pause(): void {
    this.controller?.pause();
  }

  resume(): void {
    if (this.held) return;
    this.controller?.resume();
    this.onRead();
  }

  /** Goes on with what waits behind the head. */
  release(): void {
    const { held, listener } = this;
    if (held === undefined) return;
    this.held = undefined;
    for (const bytes of held) listener?.onBody(bytes);
    if (!this.isOver) this.resume();
    else listener?.onEnd();
  }

  /**
   * Nobody listens any more; the rest of the answer is read, so that the connection stays good, if that can be. True:
   * it has been, and the connection can be had from the next turn of the event loop on.
   */
  drop(): boolean {
    this.listener = undefined;
    if (this.body && !this.body.readableEnded) this.destroy();
    else this.release();
    return this.isOver;
  }

  /** Ends it now, with its connection: also while that is being opened. The listener hears nothing more. */
  destroy(): void {
    this.listener = undefined;
    this.body?.destroy();
    if (this.controller) this.controller.abort(connectionError('ECONNABORTED'));
    else this.client?.abandon(this);
  }

  /** The connection has given all that one read brought. */
  onRead(): void {
    if (!this.held) this.listener?.onRead();
  }

  onRequestStart(controller: Controller): void {
    this.controller = controller;
    if (this.listener === undefined) {
      controller.abort(connectionError('ECONNABORTED'));
      return;
    }
    this.sent = true;
    this.reused = this.client?.begin(this) ?? false;
  }

  onResponseStarted(): void {
    this.heard = true;
  }

  onResponseStart(controller: Controller, status: number): void {
    if (status < 200) {
      this.informational += 1;
      if (this.informational > MAX_INFORMATIONAL) controller.abort(connectionError('HPE_TOO_MANY_INFORMATIONAL'));
      return;
    }
    const fields = textOf(controller.rawHeaders as Buffer[]);
    if (isAmbiguouslyFramed(fields, this.client?.answerVersion ?? '')) {
      controller.abort(connectionError('HPE_INVALID_TRANSFER_ENCODING'));
      return;
    }
    if (this.listener?.onHead({ status, fields })) {
      this.held = [];
      controller.pause();
    }
  }

  onResponseData(_controller: Controller, bytes: Buffer): void {
    if (this.held) this.held.push(bytes);
    else this.listener?.onBody(bytes);
  }

  onResponseEnd(): void {
    // A body without framing ends with its connection: undici takes a reset for such an end too.
    const error = this.client?.socketError;
    this.isOver = true;
    this.client?.end(this);
    if (error) this.listener?.onError(error);
    else if (!this.held) this.listener?.onEnd();
  }

  onResponseError(_controller: Controller, error: Error): void {
    const known = asConnectionError(error, this.client?.hasEnded);
    this.isOver = true;
    this.client?.end(this);
    if (this.dispatching) this.refusal = known;
    else this.listener?.onError(known);
  }
}

/** Names and values; llhttp leaves blanks behind a value (RFC 9112 section 5). */
function textOf(rawHeaders: readonly Buffer[]): string[] {
  return rawHeaders.map((bytes) => {
    const text = bytes.toString('latin1');
    const last = text.charCodeAt(text.length - 1);
    return last === 32 || last === 9 ? text.replace(BLANK_AT_END, '') : text;
  });
}
