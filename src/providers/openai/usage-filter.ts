import { type CapturedValue, JsonScanner, parseCaptured } from '../../shared/json.js';

/**
 * Takes out of a chat stream what asking for usage adds to it: one chunk with empty `choices` and the figures, and in
 * every other chunk `"usage":null`
 * (https://platform.openai.com/docs/api-reference/chat/create, stream_options.include_usage). What is left is, byte for
 * byte, what the client would have got had nobody asked. An event is held until it is whole; one that is larger than
 * any chat chunk, or whose data is spread over several lines, passes as it came.
 */
export function createUsageFilter(): { push(chunk: Buffer): Buffer; flush(): Buffer } {
  let held: Buffer = NOTHING;
  /** What ended the last event was a CR: a LF may follow that belongs to it, and shares its fate. */
  let lastEvent: 'ended' | 'ended in CR' | 'withheld in CR' = 'ended';
  /** The event under way is too large to be held: the rest of it passes. */
  let passing = false;

  function filter(bytes: Buffer): Buffer {
    const out: Buffer[] = [];
    let from = 0;
    if (lastEvent !== 'ended' && bytes[0] === LF) {
      if (lastEvent === 'ended in CR') out.push(bytes.subarray(0, 1));
      from = 1;
    }
    if (bytes.length > 0) lastEvent = 'ended';
    while (from < bytes.length) {
      const end = eventEnd(bytes, from);
      if (end === -1) break;
      const event = bytes.subarray(from, end);
      const kept = passing || event.length > HOLD_LIMIT_BYTES ? event : withoutUsage(event);
      passing = false;
      if (kept !== undefined) out.push(kept);
      if (end === bytes.length && bytes[end - 1] === CR) lastEvent = kept ? 'ended in CR' : 'withheld in CR';
      from = end;
    }
    let rest = bytes.subarray(from);
    if (!passing && rest.length > HOLD_LIMIT_BYTES) passing = true;
    if (passing) {
      // A blank line may come in parts: the line end before it waits with what follows.
      const waits = trailingLineEnds(rest);
      out.push(rest.subarray(0, rest.length - waits));
      rest = rest.subarray(rest.length - waits);
    }
    // The chunk is the proxy's: what is held must be our own.
    held = rest.length === 0 ? NOTHING : Buffer.from(rest);
    return out.length === 1 ? (out[0] as Buffer) : Buffer.concat(out);
  }

  return {
    push(chunk) {
      const untouched = held.length === 0 && !passing && lastEvent === 'ended' && endsEvent(chunk);
      if (untouched && chunk.indexOf(USAGE_KEY) === -1) return chunk;
      return filter(held.length === 0 ? chunk : Buffer.concat([held, chunk]));
    },
    flush() {
      const rest = held;
      held = NOTHING;
      return passing ? rest : (withoutUsage(rest) ?? NOTHING);
    },
  };
}

const NOTHING = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const COMMA = 0x2c;
const BLANK_LINE = Buffer.from('\n\n');
const USAGE_KEY = Buffer.from('"usage"');
/** How OpenAI writes it, and what may stand behind it in a chunk: then it is a member of the chunk itself. */
const USUAL_NULL = Buffer.from(',"usage":null');
const USUAL_REST = /^(?:,"obfuscation":"[^"\\]*")?\}\s*$/;
const USUAL_REST_BYTES = 300;
const HOLD_LIMIT_BYTES = 1024 * 1024;
const WANTED = { choices: true, usage: true } as const;

function endsEvent(chunk: Buffer): boolean {
  return chunk.length >= 2 && chunk[chunk.length - 1] === LF && chunk[chunk.length - 2] === LF;
}

/** Index behind the blank line that ends the event, or -1. Lines end in LF, CR or CRLF, mixed at will. */
function eventEnd(bytes: Buffer, from: number): number {
  const blank = bytes.indexOf(BLANK_LINE, from);
  const cr = bytes.indexOf(CR, from);
  if (cr === -1 || (blank !== -1 && blank < cr)) return blank === -1 ? -1 : blank + 2;
  let lineIsEmpty = false;
  for (let i = from; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte !== LF && byte !== CR) {
      lineIsEmpty = false;
      continue;
    }
    if (byte === CR && bytes[i + 1] === LF) i += 1;
    if (lineIsEmpty) return i + 1;
    lineIsEmpty = true;
  }
  return -1;
}

/** At most the two bytes of one line end, or of one and a half. */
function trailingLineEnds(bytes: Buffer): number {
  let count = 0;
  while (count < bytes.length && (bytes[bytes.length - 1 - count] === LF || bytes[bytes.length - 1 - count] === CR)) {
    count += 1;
  }
  return count;
}

/** The event without what asking for usage added to it; undefined if that is all of it. */
function withoutUsage(event: Buffer): Buffer | undefined {
  const key = event.indexOf(USAGE_KEY);
  if (key === -1) return event;
  const usual = event.lastIndexOf(USUAL_NULL);
  if (usual !== -1 && event.length - usual < USUAL_REST_BYTES && isDataLine(event, usual)) {
    const end = usual + USUAL_NULL.length;
    if (USUAL_REST.test(event.toString('latin1', end))) return cut(event, usual, end);
  }
  const data = dataOf(event);
  if (data === undefined) return event;
  const found = new Map<string, CapturedValue>();
  const scanner = new JsonScanner(WANTED, { onValue: (value) => found.set(value.path, value) });
  scanner.push(event.subarray(data.start, data.end));
  const usage = found.get('usage');
  if (!usage || scanner.closedAt === -1) return event;
  if (usage.text === 'null') return cutMember(event, data.start + usage.start, data.start + usage.end);
  const choices = parseCaptured(found.get('choices')?.text);
  const isUsageChunk = Array.isArray(choices) && choices.length === 0 && usage.text?.startsWith('{');
  return isUsageChunk ? undefined : event;
}

/** Whether the line that this index is in begins with "data:". */
function isDataLine(event: Buffer, index: number): boolean {
  const start = Math.max(event.lastIndexOf(LF, index), event.lastIndexOf(CR, index)) + 1;
  return event.toString('latin1', start, start + 5) === 'data:';
}

function cut(event: Buffer, start: number, end: number): Buffer {
  return Buffer.concat([event.subarray(0, start), event.subarray(end)]);
}

/** Takes out a member of an object, given the place of its value, with the comma that sets it apart. */
function cutMember(event: Buffer, valueStart: number, valueEnd: number): Buffer {
  const keyStart = event.lastIndexOf(USAGE_KEY, valueStart);
  // The key may be spelt with escapes: then it is not found.
  if (!/^"usage"\s*:\s*$/.test(event.toString('latin1', keyStart, valueStart))) return event;
  let start = keyStart;
  while (isSpace(event[start - 1])) start -= 1;
  if (event[start - 1] === COMMA) return cut(event, start - 1, valueEnd);
  let end = valueEnd;
  while (isSpace(event[end])) end += 1;
  if (event[end] !== COMMA) return cut(event, keyStart, valueEnd);
  end += 1;
  while (isSpace(event[end])) end += 1;
  return cut(event, keyStart, end);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** Where the data of an event stands, if it stands on one line. */
function dataOf(event: Buffer): { start: number; end: number } | undefined {
  // Latin-1 keeps every byte as one character, so offsets are the same.
  const matches = [...event.toString('latin1').matchAll(/(?:^|[\r\n])data:([^\r\n]*)/g)];
  const [match] = matches;
  if (!match || matches.length > 1) return undefined;
  const end = match.index + match[0].length;
  return { start: end - (match[1] as string).length, end };
}
