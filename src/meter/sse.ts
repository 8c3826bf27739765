/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) from bytes however they are split. Unlike eventsource-parser it
 * neither decodes nor keeps an event: the data's bytes go on as they come, so an event of 10 MB costs no memory, and
 * events without one of `marks` in them are passed over with a native search, which keeps a token's cost well under a
 * microsecond.
 */
export interface SseHandler {
  /** Bytes of an event's data, in order; lines of one event are joined with "\n". */
  onData(bytes: Buffer): void;
  /** A blank line ended the event; `name` is its `event:` field or "". */
  onEvent(name: string): void;
}

const LF = 0x0a;
const CR = 0x0d;
const NEWLINE = Buffer.from('\n');
const BOUNDARY = Buffer.from('\n\n');
const FIELD_LIMIT_BYTES = 128;

export class SseReader {
  /** No event is under way: the next byte begins a new one. */
  private atBoundary = true;
  private skipping = false;
  private afterCr = false;
  private started = false;
  /** Bytes of the line so far, until it is known to be a data line. */
  private line = '';
  private inData = false;
  private hasData = false;
  private eventName = '';

  constructor(
    private readonly marks: readonly Buffer[],
    private readonly handler: SseHandler,
  ) {}

  /** From now on, events without a mark may be passed over. */
  skipUnmarked(): void {
    this.skipping = true;
  }

  push(chunk: Buffer): void {
    let from = 0;
    while (from < chunk.length) {
      if (this.skipping && this.atBoundary && !this.afterCr) {
        const whole = chunk.lastIndexOf(BOUNDARY);
        if (whole >= from && !hasMark(this.marks, from === 0 ? chunk : chunk.subarray(from, whole + 2))) {
          from = whole + 2;
          if (from >= chunk.length) return;
          // What is left has no blank line in it: it is read as it comes.
          this.readLines(chunk, from, false);
          return;
        }
        this.readLines(chunk, from, false);
        return;
      }
      from = this.readLines(chunk, from, this.skipping);
    }
  }

  /** Reads lines up to the end of the chunk, or to the end of the event under way; gives the index it stopped at. */
  private readLines(chunk: Buffer, start: number, stopAtBoundary: boolean): number {
    let i = start;
    let cr = chunk.indexOf(CR, i);
    while (i < chunk.length) {
      if (this.afterCr) {
        this.afterCr = false;
        if (chunk[i] === LF) {
          i += 1;
          continue;
        }
      }
      if (cr !== -1 && cr < i) cr = chunk.indexOf(CR, i);
      const lf = chunk.indexOf(LF, i);
      const end = cr === -1 ? lf : lf === -1 ? cr : Math.min(cr, lf);
      const to = end === -1 ? chunk.length : end;
      if (to > i) this.takeLineBytes(chunk, i, to);
      if (end === -1) return chunk.length;
      this.afterCr = chunk[end] === CR;
      i = end + 1;
      this.endLine();
      if (stopAtBoundary && this.atBoundary && !this.afterCr) return i;
    }
    return i;
  }

  private takeLineBytes(chunk: Buffer, from: number, to: number): void {
    this.atBoundary = false;
    if (this.inData) {
      this.handler.onData(chunk.subarray(from, to));
      return;
    }
    const room = FIELD_LIMIT_BYTES - this.line.length;
    const before = this.line.length;
    if (room > 0) this.line += chunk.toString('latin1', from, Math.min(to, from + room));
    if (!this.started) {
      // A byte order mark may stand in front of the first line.
      if (this.line.length < 3 && '\u00ef\u00bb\u00bf'.startsWith(this.line)) return;
      this.started = true;
      if (this.line.startsWith('\u00ef\u00bb\u00bf')) {
        this.line = this.line.slice(3);
        this.beginData(chunk, from, to, before - 3);
        return;
      }
    }
    this.beginData(chunk, from, to, before);
  }

  /** If the line says "data:", hands on what is behind it. `before` is how much of the line came earlier. */
  private beginData(chunk: Buffer, from: number, to: number, before: number): void {
    if (!this.line.startsWith('data:')) return;
    // One space after the colon does not belong to the data; it may come in the next piece.
    if (this.line.length === 5) return;
    const skip = this.line.charCodeAt(5) === 0x20 ? 6 : 5;
    this.inData = true;
    if (this.hasData) this.handler.onData(NEWLINE);
    this.hasData = true;
    const dataFrom = from + Math.max(0, skip - before);
    if (dataFrom < to) this.handler.onData(chunk.subarray(dataFrom, to));
  }

  private endLine(): void {
    const { line } = this;
    const wasData = this.inData;
    this.line = '';
    this.inData = false;
    if (wasData) return;
    if (line === '') {
      const { eventName, hasData } = this;
      this.atBoundary = true;
      this.eventName = '';
      this.hasData = false;
      if (hasData) this.handler.onEvent(eventName);
      return;
    }
    if (line === 'data' || line === 'data:') {
      // A line without data is one all the same: it counts as an empty line of it.
      if (this.hasData) this.handler.onData(NEWLINE);
      this.hasData = true;
    } else if (line === 'event') this.eventName = '';
    else if (line.startsWith('event:')) this.eventName = line.slice(line.charCodeAt(6) === 0x20 ? 7 : 6);
  }
}

function hasMark(marks: readonly Buffer[], bytes: Buffer): boolean {
  for (const mark of marks) if (bytes.indexOf(mark) !== -1) return true;
  return false;
}
