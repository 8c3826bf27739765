import type { ServerResponse } from 'node:http';
import type { ByteFilter } from '../shared/exchange.js';

/** From this size on, bytes are not copied to be joined with their framing. */
const COPY_LIMIT_BYTES = 16 * 1024;
const CRLF = Buffer.from('\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const NO_CHUNKS: Buffer[] = [];

/**
 * Passes an answer's body to the client as it comes; the head must have been given to `response.writeHead` already.
 * All that one read brought goes out in one write. `filter` may withhold bytes.
 */
export class AnswerRelay {
  /** Body bytes handed to the client's connection, framing not counted. */
  sentBytes = 0;
  private readonly chunked: boolean;
  private pending = NO_CHUNKS;
  private pendingBytes = 0;
  /** The head has gone. */
  private begun = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly filter: ByteFilter | undefined,
  ) {
    // node:http frames a chunk with four writes; framed here, it takes one.
    this.chunked = response.chunkedEncoding;
    response.chunkedEncoding = false;
  }

  /** Takes a piece; it is sent with the next `flush` or `finish`. */
  take(bytes: Buffer): void {
    this.hold(this.filter ? this.filter.push(bytes) : bytes);
  }

  /** Sends what was taken, or the head alone. False: the client reads slowly, wait for its 'drain'. */
  flush(): boolean {
    const { response, begun, pending, pendingBytes } = this;
    if (pendingBytes === 0) {
      if (!begun) response.flushHeaders();
      this.begun = true;
      return true;
    }
    this.begun = true;
    this.clear();
    return writeJoined(response, pending, pendingBytes, this.chunked);
  }

  /** What the filter held back comes out; `finish` is next. */
  flushFilter(): void {
    if (this.filter) this.hold(this.filter.flush());
  }

  /** Sends what was taken, and ends the answer. */
  finish(): void {
    const { response, chunked, begun, pending, pendingBytes } = this;
    this.clear();
    finish(response, pending, pendingBytes, { chunked, begun });
  }

  private hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.pending === NO_CHUNKS) this.pending = [bytes];
    else this.pending.push(bytes);
    this.pendingBytes += bytes.length;
  }

  private clear(): void {
    this.sentBytes += this.pendingBytes;
    this.pending = NO_CHUNKS;
    this.pendingBytes = 0;
  }
}

interface Framing {
  readonly chunked: boolean;
  /** The head has gone. */
  readonly begun: boolean;
}

function finish(response: ServerResponse, chunks: readonly Buffer[], size: number, framing: Framing): void {
  const { chunked, begun } = framing;
  if (size === 0) response.end(chunked ? LAST_CHUNK : undefined);
  else if (size <= COPY_LIMIT_BYTES) {
    const bytes = chunked ? frame(chunks, size, LAST_CHUNK) : joined(chunks);
    // As text it goes out in one write with the head; latin1 keeps each byte.
    if (begun) response.end(bytes);
    else response.end(bytes.toString('latin1'), 'latin1');
  } else if (!chunked && chunks.length === 1) response.end(chunks[0]);
  else {
    writeJoined(response, chunks, size, chunked);
    response.end(chunked ? LAST_CHUNK : undefined);
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

/** False if the client's connection has more waiting than it should. */
function writeJoined(response: ServerResponse, chunks: readonly Buffer[], size: number, chunked: boolean): boolean {
  if (chunked && size <= COPY_LIMIT_BYTES) return response.write(frame(chunks, size));
  // Corked by node:http until the end of the tick: one write all the same.
  if (chunked) response.write(`${size.toString(16)}\r\n`, 'latin1');
  let room = true;
  for (const chunk of chunks) room = response.write(chunk);
  return chunked ? response.write(CRLF) : room;
}

/** One chunk of chunked transfer coding (RFC 9112 section 7.1). */
function frame(chunks: readonly Buffer[], size: number, trail?: Buffer): Buffer {
  const head = size.toString(16);
  const out = Buffer.allocUnsafe(head.length + 4 + size + (trail?.length ?? 0));
  let at = out.write(head, 0, 'latin1');
  at += CRLF.copy(out, at);
  for (const chunk of chunks) at += chunk.copy(out, at);
  at += CRLF.copy(out, at);
  trail?.copy(out, at);
  return out;
}
