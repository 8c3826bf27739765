import type { Socket } from 'node:net';
import { type HttpMessage, type ReadOptions, readHttpMessage } from './http-message.js';

/** One end of a TCP connection as a test sees it: everything that came, and how it ended. */
export class RawSocket {
  /** The other side has closed its half in order. */
  finished = false;
  /** Such as ECONNRESET. */
  errorCode: string | undefined;
  closed = false;
  private receivedBytes = 0;
  private parts: Buffer[] = [];
  private readonly waiters = new Set<() => void>();

  constructor(readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.parts.push(chunk);
      this.receivedBytes += chunk.length;
      this.notify();
    });
    socket.on('connect', () => this.notify());
    socket.on('end', () => {
      this.finished = true;
      this.notify();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.errorCode = error.code ?? error.message;
    });
    socket.on('close', () => {
      this.closed = true;
      this.notify();
    });
  }

  /** What came and has not been taken by `message()`. */
  get received(): Buffer {
    if (this.parts.length !== 1) this.parts = [Buffer.concat(this.parts)];
    return this.parts[0] as Buffer;
  }

  /** Resolves once the bytes are in the kernel's hands, or the connection has failed. */
  write(data: string | Buffer): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    return new Promise((resolve) => {
      this.socket.write(bytes, () => resolve());
    });
  }

  /** Closes our half in order (FIN). */
  end(): void {
    this.socket.end();
  }

  /** Breaks the connection off (RST). */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** No more will come: the other side has closed its half, or the connection is gone. */
  get over(): boolean {
    return this.finished || this.closed;
  }

  /** The next message, whole, or what there is of it once nothing more will come; undefined if nothing came. */
  async message(options: ReadOptions): Promise<HttpMessage | undefined> {
    let needs = 0;
    const isWhole = () => {
      // Large bodies are not read again with every packet.
      if (this.receivedBytes < needs && !this.finished) return false;
      const message = readHttpMessage(this.received, { ...options, closed: this.finished });
      needs = message?.needs ?? 0;
      return message?.complete;
    };
    await this.until(() => isWhole() || this.over, 'a whole message');
    return this.take(options) ?? this.takeRest(options);
  }

  /** The next message if it is here whole; then it is taken. */
  take(options: ReadOptions): HttpMessage | undefined {
    const message = readHttpMessage(this.received, { ...options, closed: this.finished });
    if (!message?.complete) return undefined;
    this.keep(this.received.subarray(message.size));
    return message;
  }

  private takeRest(options: ReadOptions): HttpMessage | undefined {
    const message = readHttpMessage(this.received, options);
    if (message) this.keep(Buffer.alloc(0));
    return message;
  }

  private keep(rest: Buffer): void {
    this.parts = [rest];
    this.receivedBytes = rest.length;
  }

  /** The head of the next message and as much of its body as `bytes`; the message stays. */
  async begun(options: ReadOptions, bytes = 0): Promise<HttpMessage> {
    const read = () => readHttpMessage(this.received, options);
    const enough = () => (read()?.body.length ?? -1) >= bytes;
    await this.until(() => enough() || this.over, `a head and ${bytes} bytes of a body`);
    const message = read();
    if (message === undefined || !enough()) throw new Error(`Broken off (${this.errorCode ?? 'closed'}) before that`);
    return message;
  }

  /** Resolves when no more will come. */
  async ending(): Promise<void> {
    await this.until(() => this.over, 'the end of the connection');
  }

  /** Resolves once `condition` holds; it is asked after everything that comes. */
  until(condition: () => unknown, what: string, timeoutMs = 5_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(check);
        const seen = JSON.stringify(this.received.toString('latin1').slice(0, 400));
        reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}; there is ${seen}`));
      }, timeoutMs);
      const check = () => {
        try {
          if (!condition()) return;
          resolve();
        } catch (error) {
          reject(error);
        }
        clearTimeout(timer);
        this.waiters.delete(check);
      };
      this.waiters.add(check);
      check();
    });
  }

  private notify(): void {
    for (const check of [...this.waiters]) check();
  }
}
