import type { Transform } from 'node:stream';
import type { JsonRequestReader } from './json-request-reader.js';
import type { RequestReader } from './request-reader.js';

/** A prompt that takes more than this, packed or not, is not read to its end: the model mostly is in front. */
const MAX_PACKED_BYTES = 8 * 1024 * 1024;
const MAX_BYTES = 32 * 1024 * 1024;
/** What comes while a decoder lags behind by more than this is left out, and all behind it. */
const MAX_BACKLOG_BYTES = 2 * 1024 * 1024;
/** How long an exchange that has ended waits for its request to be read. */
const MAX_WAIT_MS = 2000;

/**
 * Reads a copy of a compressed prompt for the meter alone, within bounds: a few bytes can unpack to gigabytes. It is
 * decoded in threads of its own and comes back later, outside of what guards the meter's calls: nothing thrown may
 * leave here.
 */
export class CompressedRequestReader implements RequestReader {
  private packed = 0;
  private unpacked = 0;
  /** A piece was left out: what comes behind it makes no sense. */
  private isFull = false;
  private isOver = false;
  private onOver: (() => void) | undefined;

  constructor(
    private readonly decoder: Transform,
    private readonly reader: JsonRequestReader,
  ) {
    decoder.on('data', (piece: Buffer) => this.take(piece));
    decoder.on('end', () => this.finish());
    // One that was cut, or is no such thing: what was read until then counts.
    decoder.on('error', () => this.finish());
  }

  get model(): string | undefined {
    return this.reader.model;
  }

  get serviceTier(): string | undefined {
    return this.reader.serviceTier;
  }

  get inputCharacters(): number | undefined {
    return this.reader.inputCharacters;
  }

  get images(): number | undefined {
    return this.reader.images;
  }

  push(chunk: Buffer): void {
    if (this.isOver || this.isFull) return;
    this.packed += chunk.length;
    this.isFull = this.packed > MAX_PACKED_BYTES || this.decoder.writableLength > MAX_BACKLOG_BYTES;
    // The decoder works later: the chunk may have been used again by then.
    if (!this.isFull) this.decoder.write(Buffer.from(chunk));
  }

  end(done: () => void): void {
    if (this.isOver) {
      done();
      return;
    }
    const timer = setTimeout(() => this.finish(), MAX_WAIT_MS);
    timer.unref();
    this.onOver = () => {
      clearTimeout(timer);
      done();
    };
    this.decoder.end();
  }

  private take(piece: Buffer): void {
    if (this.isOver) return;
    this.unpacked += piece.length;
    try {
      this.reader.push(piece);
    } catch {
      this.finish();
    }
    if (this.unpacked > MAX_BYTES || this.reader.isDone) this.finish();
  }

  private finish(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.decoder.destroy();
    try {
      this.onOver?.();
    } catch {
      // A record less.
    }
  }
}
