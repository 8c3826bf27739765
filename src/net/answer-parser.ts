/** What an answer's head says. */
export interface AnswerHead {
  readonly status: number;
  /** Names and values, flat, in their order and spelling. */
  readonly fields: readonly string[];
}

export interface AnswerListener {
  /** The final head; informational ones (1xx) are passed over. True: what follows waits for another `push`. */
  onHead(head: AnswerHead): boolean;
  /** A piece of the body without its framing. */
  onBody(bytes: Buffer): void;
}

/** Bytes that are no answer (RFC 9112). The code is what errors.ts maps; the bytes stay out of it. */
class AnswerError extends Error {
  readonly code: string;
  constructor(what: string) {
    super(`Not a valid HTTP answer: ${what}`);
    this.code = `HPE_${what.toUpperCase().replaceAll(' ', '_')}`;
  }
}

/** Taken from clients and from upstream alike. */
export const MAX_HEADER_BYTES = 64 * 1024;
/** Nobody means anything by a longer chunk extension. */
const MAX_SIZE_LINE_BYTES = 4 * 1024;
/** 2 ** 52: every length up to it is exact as a number. */
const MAX_HEX_DIGITS = 13;

const VERSION = 'HTTP/1.';
const HEAD_END = Buffer.from('\r\n\r\n');
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: .*)?$/;
/** RFC 9110 section 5.6.2. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What no head may hold anywhere: controls, and line ends that are not CR LF. */
const NOT_IN_A_HEAD = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;

const CLOSE = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/;
const KEEP_ALIVE = /(?:^|,)[ \t]*keep-alive[ \t]*(?:,|$)/;
const KEPT_FOR = /(?:^|,)[ \t]*timeout=([0-9]{1,6})/i;
const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const SEMICOLON = 59;
const NOTHING = Buffer.alloc(0);

type State =
  | 'head'
  /** A body of known length. */
  | 'length'
  /** A body in chunks (RFC 9112 section 7.1): the line with a chunk's size, its bytes, the line end behind them. */
  | 'size'
  | 'chunk'
  | 'chunk end'
  | 'trailers'
  | 'until close'
  | 'over';

/**
 * Reads the answers of one connection, one after the other, strictly: whatever two readers could take for different
 * things is an error, since bytes of one answer must never become another's. Our own because node:http's client costs
 * as much CPU as all else a request needs (docs/adr/0019).
 */
export class AnswerParser {
  private state: State = 'over';
  private toHead = false;
  private holding = false;
  /** A head, a size line or trailers that have not come whole. */
  private held: Buffer = NOTHING;
  /** Bytes of the body, or of the chunk, that are still to come. */
  private left = 0;
  private trailerBytes = 0;
  private keepAlive = false;
  private keepAliveSeconds: number | undefined;

  constructor(private readonly listener: AnswerListener) {}

  /** An answer is expected from here on; one to HEAD has no body, whatever its head says. */
  begin(toHead: boolean): void {
    this.state = 'head';
    this.toHead = toHead;
    this.held = NOTHING;
    this.trailerBytes = 0;
    this.keepAlive = false;
    this.keepAliveSeconds = undefined;
  }

  /** The answer has come whole, or none is expected. */
  get over(): boolean {
    return this.state === 'over';
  }

  /** The connection may be used again, as far as the answer says. */
  get mayReuse(): boolean {
    return this.over && this.keepAlive;
  }

  /** How long the server said it keeps an idle connection; undefined where it did not. */
  get keptForSeconds(): number | undefined {
    return this.keepAliveSeconds;
  }

  /**
   * Takes what a read brought. Returns how far it came: short of its end only where the answer ended, or where its head
   * is held. Throws an error whose code begins with HPE_ for what is no answer.
   */
  push(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.state !== 'over') {
      switch (this.state) {
        case 'head':
          at = this.head(bytes, at);
          if (this.holding) {
            this.holding = false;
            return at;
          }
          break;
        case 'length':
        case 'chunk':
          at = this.counted(bytes, at);
          break;
        case 'until close':
          this.listener.onBody(at === 0 ? bytes : bytes.subarray(at));
          at = bytes.length;
          break;
        case 'chunk end':
          at = this.chunkEnd(bytes, at);
          break;
        case 'trailers':
          at = this.trailers(bytes, at);
          break;
        default:
          at = this.sizeLine(bytes, at);
      }
    }
    return at;
  }

  /** The connection ended in order. False: in the middle of an answer. */
  finish(): boolean {
    if (this.state === 'until close') this.state = 'over';
    return this.over;
  }

  private head(bytes: Buffer, from: number): number {
    const before = this.held.length;
    if (before === 0) {
      const end = bytes.indexOf(HEAD_END, from);
      if (end === -1 || end - from > MAX_HEADER_BYTES) {
        this.hold(bytes.subarray(from));
        return bytes.length;
      }
      this.read(bytes.toString('latin1', from, end));
      return end + HEAD_END.length;
    }
    const all = Buffer.concat([this.held, bytes.subarray(from)]);
    const end = all.indexOf(HEAD_END, Math.max(0, before - HEAD_END.length));
    if (end === -1 || end > MAX_HEADER_BYTES) {
      this.hold(all);
      return bytes.length;
    }
    this.held = NOTHING;
    this.read(all.toString('latin1', 0, end));
    return from + end + HEAD_END.length - before;
  }

  /** A head that has not come whole: what can't become one is refused now, since the rest may never come. */
  private hold(part: Buffer): void {
    if (part.length > MAX_HEADER_BYTES) throw new AnswerError('header overflow');
    const begin = part.toString('latin1', 0, VERSION.length);
    if (!VERSION.startsWith(begin)) throw new AnswerError('invalid constant');
    if (part.includes('\n\n')) throw new AnswerError('invalid line end');
    this.held = Buffer.from(part);
  }

  private read(text: string): void {
    if (NOT_IN_A_HEAD.test(text)) throw new AnswerError('invalid header token');
    let at = text.indexOf('\r\n');
    const [, minor, digits] = STATUS_LINE.exec(at === -1 ? text : text.slice(0, at)) ?? [];
    if (digits === undefined) throw new AnswerError('invalid status');
    const status = Number(digits);
    const fields: string[] = [];
    let length: string | undefined;
    let coding: string | undefined;
    let connection = '';
    let keepAlive = '';
    while (at !== -1) {
      const from = at + 2;
      at = text.indexOf('\r\n', from);
      const end = at === -1 ? text.length : at;
      const colon = text.indexOf(':', from);
      // Of a line without one, the next line's: what stands before it is then no name.
      const name = text.slice(from, colon);
      if (colon === -1 || !FIELD_NAME.test(name)) throw new AnswerError('invalid header token');
      const value = trimmed(text, colon + 1, end);
      fields.push(name, value);
      // Only these lengths are looked at: content-length, transfer-encoding, connection and keep-alive.
      if (name.length === 14 && name.toLowerCase() === 'content-length') {
        if (length !== undefined) throw new AnswerError('unexpected content length');
        length = value;
      } else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
        if (coding !== undefined) throw new AnswerError('invalid transfer encoding');
        coding = value.toLowerCase();
      } else if (name.length === 10) {
        const lower = name.toLowerCase();
        if (lower === 'connection') connection += `,${value.toLowerCase()}`;
        else if (lower === 'keep-alive') keepAlive = value;
      }
    }
    if (status < 200 && status !== 101) return;
    const isNewer = minor === '1';
    this.keepAlive = isNewer ? !CLOSE.test(connection) : KEEP_ALIVE.test(connection);
    const seconds = KEPT_FOR.exec(keepAlive)?.[1];
    this.keepAliveSeconds = seconds === undefined ? undefined : Number(seconds);
    this.frame(status, isNewer, length, coding);
    this.holding = this.listener.onHead({ status, fields });
  }

  /** How long the body is (RFC 9112 section 6.3). */
  private frame(status: number, isNewer: boolean, length: string | undefined, coding: string | undefined): void {
    if (length !== undefined && !/^[0-9]{1,15}$/.test(length)) throw new AnswerError('invalid content length');
    if (this.toHead || status === 204 || status === 304) this.state = 'over';
    else if (coding !== undefined) {
      // A length besides is how answers are smuggled; other codings are not undone here.
      if (coding !== 'chunked' || length !== undefined || !isNewer) throw new AnswerError('invalid transfer encoding');
      this.state = 'size';
    } else if (length !== undefined) {
      this.left = Number(length);
      this.state = this.left === 0 ? 'over' : 'length';
    } else {
      this.state = 'until close';
      this.keepAlive = false;
    }
  }

  private counted(bytes: Buffer, from: number): number {
    const to = Math.min(bytes.length, from + this.left);
    this.left -= to - from;
    this.listener.onBody(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to));
    if (this.left > 0) return to;
    // Zero again: of the line end behind a chunk nothing has come yet.
    this.state = this.state === 'length' ? 'over' : 'chunk end';
    return to;
  }

  /** The line before each chunk: its size in hexadecimal, and perhaps an extension, which is passed over. */
  private sizeLine(bytes: Buffer, from: number): number {
    const end = this.lineEnd(bytes, from, MAX_SIZE_LINE_BYTES, 'chunk extensions overflow');
    if (end === undefined) return bytes.length;
    const isWhole = this.held.length === 0;
    const line = isWhole ? bytes : this.takeLine(bytes, from, end);
    const start = isWhole ? from : 0;
    const stop = isWhole ? end : line.length;
    let size = 0;
    let at = start;
    for (; at < stop; at += 1) {
      const digit = hexDigit(line[at] as number);
      if (digit === -1) break;
      size = size * 16 + digit;
    }
    if (at === start || at - start > MAX_HEX_DIGITS) throw new AnswerError('invalid chunk size');
    while (at < stop && isBlank(line[at] as number)) at += 1;
    if (at < stop && line[at] !== SEMICOLON) throw new AnswerError('invalid chunk size');
    this.left = size;
    this.state = size === 0 ? 'trailers' : 'chunk';
    return end + 2;
  }

  private chunkEnd(bytes: Buffer, from: number): number {
    // Of the two bytes, `left` have come.
    let at = from;
    for (; at < bytes.length && this.left < 2; at += 1, this.left += 1) {
      if (bytes[at] !== (this.left === 0 ? CR : LF)) throw new AnswerError('invalid chunk end');
    }
    if (this.left === 2) this.state = 'size';
    return at;
  }

  /** Lines up to an empty one. They stop at each hop (RFC 9110 section 6.5.1). */
  private trailers(bytes: Buffer, from: number): number {
    const end = this.lineEnd(bytes, from, MAX_HEADER_BYTES, 'header overflow');
    if (end === undefined) return bytes.length;
    const { length } = this.takeLine(bytes, from, end);
    this.trailerBytes += length;
    if (this.trailerBytes > MAX_HEADER_BYTES) throw new AnswerError('header overflow');
    if (length === 0) this.state = 'over';
    return end + 2;
  }

  /**
   * Where the CR of the line that goes on at `from` stands in `bytes` (-1: it came with the bytes before), or undefined:
   * what came of the line is then held.
   */
  private lineEnd(bytes: Buffer, from: number, limit: number, what: string): number | undefined {
    if (this.held.at(-1) === CR && bytes[from] === LF) return from - 1;
    const at = bytes.indexOf(LF, from);
    const size = this.held.length + (at === -1 ? bytes.length : at) - from;
    if (size > limit) throw new AnswerError(what);
    if (at !== -1) {
      if (at === from || bytes[at - 1] !== CR) throw new AnswerError('invalid line end');
      return at - 1;
    }
    this.held = Buffer.concat([this.held, bytes.subarray(from)]);
    return undefined;
  }

  private takeLine(bytes: Buffer, from: number, end: number): Buffer {
    const { held } = this;
    if (held.length === 0) return bytes.subarray(from, end);
    this.held = NOTHING;
    return end < from ? held.subarray(0, -1) : Buffer.concat([held, bytes.subarray(from, end)]);
  }
}

/** A field's value without the blanks around it (RFC 9112 section 5). */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
