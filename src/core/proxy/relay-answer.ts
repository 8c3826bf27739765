import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteFilter } from '../exchange.js';

/** Bytes the meter sees go to `onChunk`; bytes the client gets may be fewer, where `filter` withholds some. */
export interface AnswerRelay {
  readonly filter: ByteFilter | undefined;
  onChunk(chunk: Buffer): void;
  /** Body bytes handed to the client's connection, framing not counted. */
  onSent(bytes: number): void;
  /** The whole answer has been handed over. */
  onEnd(): void;
  /** Nothing may be written any more. */
  isOver(): boolean;
}

/** From this size on, bytes are not copied to be joined with their framing. */
const COPY_LIMIT_BYTES = 16 * 1024;
const CRLF = Buffer.from('\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const NO_CHUNKS: Buffer[] = [];

/**
 * Passes an answer's body to the client as it comes; the head must have been given to `response.writeHead` already.
 * All that one read brought goes out in one write at the end of the tick. A client that reads slowly pauses upstream.
 */
export function relayAnswer(incoming: IncomingMessage, response: ServerResponse, relay: AnswerRelay): void {
  // node:http frames a chunk with four writes; framed here, it takes one.
  const chunked = response.chunkedEncoding;
  response.chunkedEncoding = false;
  let pending = NO_CHUNKS;
  let pendingBytes = 0;
  let scheduled = true;
  let begun = false;
  let done = false;

  const take = (bytes: Buffer) => {
    if (bytes.length === 0) return;
    if (pending === NO_CHUNKS) pending = [bytes];
    else pending.push(bytes);
    pendingBytes += bytes.length;
  };

  const flush = () => {
    scheduled = false;
    if (done || relay.isOver()) return;
    const last = incoming.complete && incoming.readableLength === 0;
    if (last && relay.filter) take(relay.filter.flush());
    if (relay.isOver()) return;
    const chunks = pending;
    const size = pendingBytes;
    pending = NO_CHUNKS;
    pendingBytes = 0;
    if (size > 0) relay.onSent(size);
    if (last) {
      done = true;
      relay.onEnd();
      finish(response, chunks, size, { chunked, begun });
    } else if (size > 0) {
      begun = true;
      if (!writeJoined(response, chunks, size, chunked)) incoming.pause();
    } else if (!begun) {
      begun = true;
      response.flushHeaders();
    }
  };

  response.on('drain', () => incoming.resume());
  incoming.on('data', (chunk: Buffer) => {
    relay.onChunk(chunk);
    take(relay.filter ? relay.filter.push(chunk) : chunk);
    if (scheduled) return;
    scheduled = true;
    process.nextTick(flush);
  });
  incoming.on('end', flush);
  process.nextTick(flush);
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
