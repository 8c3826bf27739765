import type { AnswerHead } from './answer-parser.js';
import type { Connection } from './connection.js';

/** What is told of one request. After `onEnd` or `onError` nothing more comes, except `onDrain`. */
export interface RequestListener {
  /** True: what follows waits until `release()`. */
  onHead(head: AnswerHead): boolean;
  onBody(bytes: Buffer): void;
  /** All that one read brought has been given. */
  onRead(): void;
  /** The whole answer has been given. */
  onEnd(): void;
  onError(error: Error): void;
  /** There is room again for the body of the request. */
  onDrain(): void;
}

/** What goes out at once. */
export interface RequestStart {
  readonly method: string;
  /** The whole head, to be written as latin1. */
  readonly head: string;
  /** A body that is here whole; undefined where it comes in pieces, or there is none. */
  readonly body: Buffer | undefined;
  /** How pieces that come are framed; undefined: none come. */
  readonly pieces: 'chunked' | 'by length' | undefined;
}

/** Up to this size a body is copied into one write with the head; above, the copy costs more than a second buffer. */
const JOINED_LIMIT_BYTES = 16 * 1024;
const CRLF = '\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/** One request to MeshAgent and what comes back for it. */
export class UpstreamRequest {
  readonly method: string;
  /** A byte came back. */
  heard = false;
  /** It went out on a connection that had been used before. */
  reused = false;
  /** The request has been written whole. */
  ended: boolean;
  private connection: Connection | undefined;
  /** Pieces that came before there was a connection. */
  private waiting: Buffer[] = [];
  private listener: RequestListener | undefined;

  constructor(
    private readonly start: RequestStart,
    listener: RequestListener,
    /** Gives up a connection that is being opened for it. */
    public cancelOpening: (() => void) | undefined,
  ) {
    this.method = start.method;
    this.ended = start.pieces === undefined;
    this.listener = listener;
  }

  /** It has a connection: what there is of it goes out. */
  assign(connection: Connection): void {
    this.cancelOpening = undefined;
    this.connection = connection;
    this.reused = connection.reused;
    connection.begin(this);
    const { socket } = connection;
    const { head, body } = this.start;
    if (body && body.length > JOINED_LIMIT_BYTES) {
      socket.cork();
      socket.write(head, 'latin1');
      socket.write(body);
      socket.uncork();
    } else socket.write(body ? head + body.toString('latin1') : head, 'latin1');
    if (this.start.pieces === undefined) return;
    const { waiting, ended } = this;
    this.waiting = [];
    for (const piece of waiting) this.writePiece(connection, piece);
    if (ended) this.writeEnd(connection);
    else if (!socket.writableNeedDrain) this.listener?.onDrain();
  }

  /** A piece of the body; false: no more until `onDrain`. */
  write(bytes: Buffer): boolean {
    const { connection } = this;
    if (connection) return this.writePiece(connection, bytes);
    // Nowhere to go any more: what comes is dropped, and never held up.
    if (this.cancelOpening === undefined) return true;
    this.waiting.push(bytes);
    return false;
  }

  /** The body ends, with `bytes` if there are any. */
  end(bytes?: Buffer): void {
    if (bytes) this.write(bytes);
    if (this.ended) return;
    this.ended = true;
    if (this.connection) this.writeEnd(this.connection);
  }

  get needsDrain(): boolean {
    return this.connection ? this.connection.socket.writableNeedDrain : this.cancelOpening !== undefined;
  }

  /** The client reads slowly: so do we. */
  pause(): void {
    this.connection?.socket.pause();
  }

  resume(): void {
    this.connection?.socket.resume();
  }

  /** Goes on with what waits behind the head. */
  release(): void {
    this.connection?.release();
  }

  /** Nobody listens any more; the rest of the answer is read, so that the connection stays good, if that can be. */
  drop(): void {
    this.listener = undefined;
    if (this.ended) this.release();
    else this.destroy();
  }

  /** Ends it now: its connection with it. Nothing more is told. */
  destroy(): void {
    this.listener = undefined;
    this.cancelOpening?.();
    this.cancelOpening = undefined;
    this.connection?.destroy();
    this.connection = undefined;
  }

  /** Its connection is gone, or another's. */
  lose(): void {
    this.connection = undefined;
  }

  onHead(head: AnswerHead): boolean {
    return this.listener?.onHead(head) ?? false;
  }

  onBody(bytes: Buffer): void {
    this.listener?.onBody(bytes);
  }

  onRead(): void {
    this.listener?.onRead();
  }

  onEnd(): void {
    this.listener?.onEnd();
  }

  onError(error: Error): void {
    this.cancelOpening = undefined;
    this.listener?.onError(error);
  }

  onDrain(): void {
    if (!this.ended) this.listener?.onDrain();
  }

  private writePiece({ socket }: Connection, bytes: Buffer): boolean {
    if (this.start.pieces !== 'chunked') return socket.write(bytes);
    socket.cork();
    socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1');
    socket.write(bytes);
    const room = socket.write(CRLF, 'latin1');
    socket.uncork();
    return room;
  }

  private writeEnd(connection: Connection): void {
    if (this.start.pieces === 'chunked') connection.socket.write(LAST_CHUNK, 'latin1');
    connection.requestEnded();
  }
}
