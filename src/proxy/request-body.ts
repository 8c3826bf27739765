import type { IncomingMessage } from 'node:http';
import type { PiecewiseBody } from '../net/upstream-request.js';
import type { ByteFilter } from '../shared/exchange.js';

/** Bodies up to this size are kept until the answer begins, so that they can be sent again. */
export const REPLAY_LIMIT_BYTES = 1024 * 1024;

/**
 * The client's body on its way upstream. It is kept only up to the replay limit, so memory stays flat whatever its
 * size; a slow upstream pauses the client.
 */
export class RequestBody {
  /** All bytes seen so far, counted whether kept or not. */
  bytes = 0;
  /** The client has sent everything. */
  ended = false;
  /** Every byte so far is still here. */
  replayable = true;
  private kept: Buffer[] = [];
  private discarded = false;
  private sink: PiecewiseBody | undefined;
  private transform: ByteFilter | undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly onChunk: (chunk: Buffer) => void,
    /** Called after each chunk and at the end while nothing is attached. */
    private readonly onProgress: () => void,
  ) {
    request.on('data', (chunk: Buffer) => this.take(chunk));
    request.on('end', () => this.finish());
  }

  /** The body as one buffer; only while replayable. */
  whole(): Buffer {
    if (this.kept.length === 1) return this.kept[0] as Buffer;
    const all = Buffer.concat(this.kept);
    this.kept = [all];
    return all;
  }

  /** Sends what is kept, and from then on each chunk as it comes; the end ends the sink. */
  attach(sink: PiecewiseBody, transform?: ByteFilter): void {
    this.sink = sink;
    this.transform = transform;
    const waiting = this.kept;
    if (transform) this.forget();
    for (const chunk of waiting) this.write(chunk);
    if (this.ended) this.end();
    else if (!sink.needsDrain) this.request.resume();
  }

  /** The sink has room again. */
  onDrain(): void {
    if (this.sink) this.request.resume();
  }

  /** The sink is gone; what comes is kept (up to the limit) for the next one. */
  detach(): void {
    this.sink = undefined;
    this.transform = undefined;
  }

  /** Nothing will be sent again: lets the kept bytes go. */
  forget(): void {
    this.replayable = false;
    this.kept = [];
  }

  /** No one wants the rest: it is read and dropped, so that the client's connection stays usable. */
  discard(): void {
    this.discarded = true;
    this.detach();
    this.forget();
    this.request.resume();
  }

  private take(chunk: Buffer): void {
    if (this.discarded) return;
    this.bytes += chunk.length;
    this.onChunk(chunk);
    if (this.replayable) {
      if (this.bytes <= REPLAY_LIMIT_BYTES || this.sink === undefined) this.kept.push(chunk);
      else this.forget();
    }
    if (this.sink) {
      this.write(chunk);
      return;
    }
    // Nobody to send to yet (the upstream token is being refreshed): the client waits.
    if (this.bytes > REPLAY_LIMIT_BYTES) this.request.pause();
    this.onProgress();
  }

  private finish(): void {
    this.ended = true;
    if (this.sink) this.end();
    else this.onProgress();
  }

  private write(chunk: Buffer): void {
    const bytes = this.transform ? this.transform.push(chunk) : chunk;
    if (bytes.length === 0 || !this.sink) return;
    if (!this.sink.write(bytes)) this.request.pause();
  }

  private end(): void {
    const rest = this.transform?.flush();
    if (rest && rest.length > 0) this.sink?.end(rest);
    else this.sink?.end();
  }
}
