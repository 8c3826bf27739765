import type { Socket } from 'node:net';
import { type AnswerHead, type AnswerListener, AnswerParser } from './answer-parser.js';
import { CONNECT_TIMEOUT_MS } from './connection-limits.js';
import type { UpstreamRequest } from './upstream-request.js';

/** What tells that a socket can be written to. */
export type ReadyEvent = 'connect' | 'secureConnect';

const NOTHING = Buffer.alloc(0);

/** One connection to MeshAgent, which carries one exchange at a time. */
export class Connection implements AnswerListener {
  /** An exchange has been made on it before. */
  reused = false;
  /** Not to be used from this time on; milliseconds of performance.now(). */
  expiresAt = Number.POSITIVE_INFINITY;
  private request: UpstreamRequest | undefined;
  private readonly parser = new AnswerParser(this);
  private held = false;
  /** What came behind a head that is held. */
  private rest: Buffer = NOTHING;

  constructor(
    readonly socket: Socket,
    ready: ReadyEvent,
    /** Told when the connection is free for another exchange. */
    private readonly onFree: (connection: Connection) => void,
    /** Told once, when it is good for nothing any more. */
    private readonly onGone: (connection: Connection) => void,
  ) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('drain', () => this.request?.onDrain());
    socket.on('end', () => this.onSocketEnd());
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(reset()));
    this.watchConnecting(ready);
  }

  begin(request: UpstreamRequest): void {
    this.request = request;
    this.parser.begin(request.method === 'HEAD');
  }

  /** The whole request has been written: the last thing that is waited for, where the answer came early. */
  requestEnded(): void {
    if (this.isAnswered) this.free();
  }

  release(): void {
    if (!this.held) return;
    const { request, rest } = this;
    this.held = false;
    this.rest = NOTHING;
    this.socket.resume();
    if (request && this.parser.over) this.answered(request, rest.length === 0);
    else this.take(rest);
  }

  /** What is held has not been given yet, though it may have come whole. */
  private get isAnswered(): boolean {
    return this.parser.over && !this.held;
  }

  /** Cuts it: nothing is told of it any more. */
  destroy(): void {
    this.request = undefined;
    this.socket.destroy();
    this.onGone(this);
  }

  onHead(head: AnswerHead): boolean {
    this.held = this.request?.onHead(head) ?? false;
    return this.held;
  }

  onBody(bytes: Buffer): void {
    this.request?.onBody(bytes);
  }

  private take(bytes: Buffer): void {
    const { request, parser } = this;
    if (request === undefined || parser.over) {
      // Bytes that nobody asked for are nobody's answer.
      this.fail(reset());
      return;
    }
    request.heard = true;
    let at: number;
    try {
      at = parser.push(bytes);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    // Cut by what it was told.
    if (this.request !== request) return;
    if (this.held) {
      this.rest = bytes.subarray(at);
      this.socket.pause();
    } else if (parser.over) this.answered(request, at === bytes.length);
    else request.onRead();
  }

  private answered(request: UpstreamRequest, isExact: boolean): void {
    const isUsable = isExact && this.parser.mayReuse;
    const seconds = this.parser.keptForSeconds;
    // A second less than the server gives it: a request must not cross its end on the way.
    this.expiresAt = seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + (seconds - 1) * 1000;
    if (!isUsable) {
      this.request = undefined;
      request.lose();
      this.socket.destroySoon();
      this.onGone(this);
    } else if (request.ended) this.free();
    request.onEnd();
  }

  private free(): void {
    this.request?.lose();
    this.request = undefined;
    this.reused = true;
    this.onFree(this);
  }

  private onSocketEnd(): void {
    const { request } = this;
    if (request && !this.parser.over && this.parser.finish()) this.answered(request, true);
    else this.fail(reset());
  }

  private fail(error: Error): void {
    const { request } = this;
    const wasAnswered = this.isAnswered;
    this.destroy();
    request?.lose();
    if (!wasAnswered) request?.onError(error);
  }

  private watchConnecting(ready: ReadyEvent): void {
    const timer = setTimeout(() => {
      this.socket.destroy(Object.assign(new Error('connect timeout'), { code: 'ETIMEDOUT' }));
    }, CONNECT_TIMEOUT_MS);
    const clear = () => clearTimeout(timer);
    this.socket.once(ready, clear);
    this.socket.once('close', clear);
  }
}

function reset(): Error {
  return Object.assign(new Error('the connection ended'), { code: 'ECONNRESET' });
}
