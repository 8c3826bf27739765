/**
 * Finds wanted values in a JSON document whose bytes come in pieces, without parsing or keeping the rest: strings are
 * skipped with a native search, so a 50 MB answer costs little more than reading it, and memory stays flat.
 *
 * Values are found by their place, never by a text search: a prompt or a tool's input may well contain
 * `"usage":{"input_tokens":1}`, but never at the place where the provider puts its own.
 */

/**
 * Which keys are wanted: `true` captures the value whole, a nested object looks inside it (or captures it, if it turns
 * out to be a string), a list of one looks inside each object of a list.
 */
export interface WantedKeys {
  readonly [key: string]: Wanted;
}
type Wanted = true | WantedKeys | readonly [WantedKeys];

export interface CapturedValue {
  /** Dotted path, such as "response.usage". */
  readonly path: string;
  /** The value's JSON text; undefined if it is longer than the capture limit. */
  readonly text: string | undefined;
  /** Offsets in the document, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const CAPTURE_LIMIT_BYTES = 64 * 1024;
/** Enough for the longest wanted key with every letter escaped. */
const KEY_LIMIT_BYTES = 256;

/** How far a quote is looked for byte by byte before a search goes on. */
const NEAR_BYTES = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

interface Level {
  readonly wanted: WantedKeys;
  readonly prefix: string;
  /** A list whose objects we look into. */
  readonly isList?: true;
}

export interface JsonScannerOptions {
  /** Called for each wanted value, in document order; a key that stands twice is captured twice. */
  readonly onValue: (value: CapturedValue) => void;
  /** An object of a wanted list has ended: all of its values have been given. `path` is that of the list. */
  readonly onItem?: (path: string) => void;
}

export class JsonScanner {
  /** The document's outermost object has ended. */
  finished = false;
  /** Offset of the outermost closing brace, once finished. */
  closedAt = -1;
  /** Offset of the outermost opening brace, or -1. */
  openedAt = -1;

  private offset = 0;
  /** Objects we look into; the innermost last. */
  private readonly levels: Level[] = [];
  /** Depth of containers inside a value that is skipped or captured whole. */
  private skipDepth = 0;
  private inString = false;
  /** An odd number of backslashes ended the last piece. */
  private escaped = false;
  private expectKey = false;
  /** The string being read is a key of the innermost level. */
  private stringIsKey = false;
  private key = '';
  private keyPieces = '';
  /** A value of the current key is under way. */
  private inValue = false;
  private wantedHere: Wanted | undefined;
  private captureStart = -1;
  /** What earlier pieces hold of the value under way. */
  private captured: Buffer[] = [];
  private capturedBytes = 0;
  private pieceCaptureFrom = -1;

  constructor(
    private readonly wanted: WantedKeys,
    private readonly options: JsonScannerOptions,
  ) {}

  /** Takes the next bytes; ignores what comes after the outermost object. */
  push(chunk: Uint8Array): void {
    if (this.finished) return;
    const bytes = chunk as Buffer;
    const length = bytes.length;
    if (this.captureStart >= 0) this.pieceCaptureFrom = 0;
    let i = 0;
    let stringFrom = 0;
    while (i < length) {
      if (this.inString) {
        const end = this.stringEnd(bytes, i);
        if (this.stringIsKey) this.takeKey(bytes, stringFrom, end === -1 ? length : end);
        if (end === -1) break;
        this.inString = false;
        i = end + 1;
        if (this.stringIsKey) {
          this.stringIsKey = false;
          this.key = keyOf(this.keyPieces);
          continue;
        }
        if (this.skipDepth === 0) this.valueEnded(bytes, i);
        continue;
      }
      const byte = bytes[i] as number;
      if (byte === QUOTE) {
        this.inString = true;
        this.escaped = false;
        if (this.skipDepth === 0) {
          if (this.expectKey) {
            this.expectKey = false;
            this.stringIsKey = true;
            this.keyPieces = '';
          } else this.valueBegins(i, this.wantedHere !== undefined && !isList(this.wantedHere));
        }
        i += 1;
        stringFrom = i;
        continue;
      }
      if (this.skipDepth > 0) {
        if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.skipDepth += 1;
        else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
          this.skipDepth -= 1;
          if (this.skipDepth === 0) this.valueEnded(bytes, i + 1);
        }
        i += 1;
        continue;
      }
      switch (byte) {
        case OPEN_OBJECT:
          this.objectBegins(i);
          break;
        case OPEN_ARRAY:
          if (this.levels.length === 0) {
            // A list at the top has no place for what is wanted.
            this.finished = true;
            return;
          }
          this.listBegins(i);
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY:
          // In broken JSON one closes what the other has opened.
          if ((byte === CLOSE_ARRAY) !== (this.innermost?.isList === true)) break;
          this.valueEnded(bytes, i);
          this.levels.pop();
          if (this.levels.length === 0) {
            this.finished = true;
            this.closedAt = this.offset + i;
            return;
          }
          this.containerEnded(byte);
          break;
        case COMMA:
          this.valueEnded(bytes, i);
          this.expectKey = !this.innermost?.isList;
          break;
        case COLON:
          this.wantedHere = this.wantedFor(this.key);
          break;
        case 0x20:
        case 0x09:
        case 0x0a:
        case 0x0d:
          break;
        default:
          if (this.levels.length > 0 && !this.inValue) this.valueBegins(i, this.wantedHere === true);
      }
      i += 1;
    }
    this.offset += length;
    if (this.captureStart >= 0) this.keep(bytes, length);
  }

  private get innermost(): Level | undefined {
    return this.levels[this.levels.length - 1];
  }

  private wantedFor(key: string): Wanted | undefined {
    const level = this.innermost;
    if (!level || !Object.hasOwn(level.wanted, key)) return undefined;
    return level.wanted[key];
  }

  private objectBegins(i: number): void {
    if (this.levels.length === 0) {
      this.openedAt = this.offset + i;
      this.levels.push({ wanted: this.wanted, prefix: '' });
      this.expectKey = true;
      return;
    }
    const parent = this.innermost as Level;
    const wanted = this.wantedHere;
    if (parent.isList) this.levels.push({ wanted: parent.wanted, prefix: parent.prefix });
    else if (typeof wanted === 'object' && !isList(wanted)) {
      this.levels.push({ wanted, prefix: `${parent.prefix}${this.key}.` });
    } else {
      this.valueBegins(i, wanted === true);
      this.skipDepth = 1;
      return;
    }
    this.expectKey = true;
    this.wantedHere = undefined;
  }

  private listBegins(i: number): void {
    const wanted = this.wantedHere;
    if (wanted !== undefined && isList(wanted)) {
      const [inEach] = wanted;
      this.levels.push({ wanted: inEach, prefix: `${this.innermost?.prefix ?? ''}${this.key}.`, isList: true });
      this.wantedHere = undefined;
      return;
    }
    this.valueBegins(i, wanted === true);
    this.skipDepth = 1;
  }

  /** One that we looked into. */
  private containerEnded(closing: number): void {
    this.inValue = false;
    this.expectKey = false;
    this.wantedHere = undefined;
    const level = this.innermost;
    if (closing === CLOSE_OBJECT && level?.isList) this.options.onItem?.(level.prefix.slice(0, -1));
  }

  private valueBegins(i: number, capture: boolean): void {
    this.inValue = true;
    if (!capture) return;
    this.captureStart = this.offset + i;
    this.capturedBytes = 0;
    this.pieceCaptureFrom = i;
  }

  /** `end` is the index just behind the value in this piece. */
  private valueEnded(bytes: Buffer, end: number): void {
    if (this.captureStart >= 0) {
      const level = this.innermost;
      const value = {
        path: `${level?.prefix ?? ''}${this.key}`,
        text: this.capturedText(bytes, end),
        start: this.captureStart,
        end: this.offset + end,
      };
      this.captureStart = -1;
      this.options.onValue(value);
    }
    this.inValue = false;
    this.wantedHere = undefined;
  }

  private capturedText(bytes: Buffer, end: number): string | undefined {
    if (this.capturedBytes + end - this.pieceCaptureFrom > CAPTURE_LIMIT_BYTES) {
      this.captured = [];
      return undefined;
    }
    if (this.captured.length === 0) return bytes.toString('utf8', this.pieceCaptureFrom, end).trim();
    this.keep(bytes, end);
    const text = Buffer.concat(this.captured).toString('utf8').trim();
    this.captured = [];
    return text;
  }

  /** Copies the part of this piece that belongs to the value: the piece itself is not ours to hold. */
  private keep(bytes: Buffer, end: number): void {
    const from = this.pieceCaptureFrom;
    this.capturedBytes += end - from;
    if (this.capturedBytes > CAPTURE_LIMIT_BYTES) this.captured = [];
    else this.captured.push(Buffer.from(bytes.subarray(from, end)));
    this.pieceCaptureFrom = end;
  }

  private takeKey(bytes: Buffer, from: number, to: number): void {
    if (this.keyPieces.length + to - from > KEY_LIMIT_BYTES) this.keyPieces = '\u0000';
    else this.keyPieces += bytes.toString('latin1', from, to);
  }

  /** Index of the quote that ends the string, from `from` on, or -1: the string goes on in the next piece. */
  private stringEnd(bytes: Buffer, from: number): number {
    const length = bytes.length;
    let i = this.escaped ? from + 1 : from;
    this.escaped = false;
    while (i < length) {
      // Keys are short, and in code quotes stand close together: near ones are found faster by looking than by a search.
      const near = Math.min(i + NEAR_BYTES, length);
      while (i < near) {
        const byte = bytes[i];
        if (byte === QUOTE) return i;
        i += byte === BACKSLASH ? 2 : 1;
      }
      if (i >= length) break;
      const quote = bytes.indexOf(QUOTE, i);
      const end = quote === -1 ? length : quote;
      let slashes = 0;
      while (end - 1 - slashes >= i && bytes[end - 1 - slashes] === BACKSLASH) slashes += 1;
      const isEscaped = slashes % 2 === 1;
      if (quote !== -1 && !isEscaped) return quote;
      i = isEscaped ? end + 1 : end;
    }
    this.escaped = i > length;
    return -1;
  }
}

function isList(wanted: Wanted): wanted is readonly [WantedKeys] {
  return Array.isArray(wanted);
}

/** The key as JSON has it: any of its letters may be escaped. Keys outside ASCII are never wanted. */
function keyOf(raw: string): string {
  if (!raw.includes('\\')) return raw;
  const parsed = parseCaptured(`"${raw}"`);
  return typeof parsed === 'string' ? parsed : '';
}

/** Parses a captured value; undefined if it is missing, too long or broken. */
export function parseCaptured(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
