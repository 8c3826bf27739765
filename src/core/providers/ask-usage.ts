import { type CapturedValue, JsonScanner, parseCaptured } from '../meter/json.js';
import type { BodyRewrite, ExchangeHead } from '../proxy/observer.js';

/**
 * OpenAI's chat streams report usage only if the request asks for it, in one extra chunk with empty `choices`
 * (https://platform.openai.com/docs/api-reference/chat/create, stream_options). Meshbar asks on the client's behalf and
 * withholds that chunk, so that the client sees the stream it asked for.
 */
export function askForUsage(head: ExchangeHead): BodyRewrite | undefined {
  if (head.providerName !== 'openai' || head.path !== '/v1/chat/completions' || head.method !== 'POST')
    return undefined;
  if (!/\bjson\b/i.test(head.headers['content-type'] ?? '') || head.headers['content-encoding'] !== undefined) {
    return undefined;
  }
  return createUsageRewrite();
}

const STREAM_KEY = Buffer.from('"stream"');
const OPTION = '"stream_options":{"include_usage":true}';
const WANTED = { stream: true, stream_options: true } as const;

function createUsageRewrite(): BodyRewrite {
  let asked = false;
  return {
    request(body) {
      asked = false;
      const edited = withUsageAsked(body);
      asked = edited !== undefined;
      return edited;
    },
    requestStream() {
      asked = false;
      return createStreamEdit(() => {
        asked = true;
      });
    },
    response(status, headers) {
      const plain = headers['content-encoding'] === undefined || headers['content-encoding'] === 'identity';
      if (!asked || status !== 200 || !plain) return undefined;
      if (!/^text\/event-stream\b/i.test(headers['content-type'] ?? '')) return undefined;
      return createUsageChunkFilter();
    },
  };
}

/** The body with usage asked for, all other bytes as they were; undefined where there is nothing to change. */
function withUsageAsked(body: Buffer): Buffer | undefined {
  if (body.indexOf(STREAM_KEY) === -1) return undefined;
  const found = new Map<string, CapturedValue>();
  const scanner = new JsonScanner(WANTED, { onValue: (value) => found.set(value.path, value) });
  scanner.push(body);
  if (!scanner.finished || found.get('stream')?.text !== 'true') return undefined;
  const options = found.get('stream_options');
  if (!options) return splice(body, scanner.openedAt + 1, scanner.openedAt + 1, `${OPTION},`);
  const given = parseCaptured(options.text);
  if (given === null) return splice(body, options.start, options.end, '{"include_usage":true}');
  if (typeof given !== 'object' || Array.isArray(given) || given === undefined) return undefined;
  if ('include_usage' in given && given.include_usage === true) return undefined;
  return splice(body, options.start, options.end, JSON.stringify({ ...given, include_usage: true }));
}

function splice(body: Buffer, start: number, end: number, text: string): Buffer {
  return Buffer.concat([body.subarray(0, start), Buffer.from(text), body.subarray(end)]);
}

/**
 * For a body too large to hold: everything passes, but what stands from the last brace on waits until the whole body
 * has been seen; only then is it known whether this is a stream. A body with stream options of its own is left alone.
 */
function createStreamEdit(onAsked: () => void) {
  let stream = false;
  let hasOptions = false;
  let held: Buffer[] = [];
  const scanner = new JsonScanner(WANTED, {
    onValue({ path, text }) {
      if (path === 'stream') stream = text === 'true';
      else hasOptions = true;
    },
  });
  let offset = 0;
  return {
    push(chunk: Buffer): Buffer {
      if (scanner.finished) {
        held.push(chunk);
        return Buffer.alloc(0);
      }
      scanner.push(chunk);
      const start = offset;
      offset += chunk.length;
      if (!scanner.finished) return chunk;
      const at = scanner.closedAt - start;
      held.push(chunk.subarray(at));
      return chunk.subarray(0, at);
    },
    flush(): Buffer {
      const rest = Buffer.concat(held);
      held = [];
      if (!scanner.finished || !stream || hasOptions) return rest;
      onAsked();
      return Buffer.concat([Buffer.from(`,${OPTION}`), rest]);
    },
  };
}

const EMPTY_CHOICES = /"choices"\s*:\s*\[\s*\]/;
const CHOICES_MARKS = [Buffer.from('"choices":[]'), Buffer.from('"choices": []')];
const FILLED_CHOICES = /"choices"\s*:\s*\[\s*[^\s\]]/;
const BOUNDARY = /\r\n\r\n|\n\n|\r\r/g;
const HOLD_LIMIT_BYTES = 64 * 1024;

/** Takes the one chunk out that the client did not ask for. Other events pass at once, also in parts. */
function createUsageChunkFilter() {
  let held = '';
  /** The event under way is an ordinary one: the rest of it passes. */
  let passing = false;

  function isUsageChunk(event: string): boolean {
    if (!EMPTY_CHOICES.test(event)) return false;
    const data = event
      .split(/\r\n|\n|\r/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5))
      .join('\n');
    const value = parseCaptured(Buffer.from(data, 'latin1').toString('utf8'));
    if (typeof value !== 'object' || value === null) return false;
    const { choices, usage } = value as Record<string, unknown>;
    return Array.isArray(choices) && choices.length === 0 && typeof usage === 'object' && usage !== null;
  }

  /** Latin-1 keeps every byte as one character, so a split inside a multibyte character does no harm. */
  function filter(text: string): string {
    let out = '';
    let rest = held + text;
    held = '';
    while (rest.length > 0) {
      BOUNDARY.lastIndex = 0;
      const boundary = BOUNDARY.exec(rest);
      if (!boundary) {
        if (!passing && rest.length < HOLD_LIMIT_BYTES && !FILLED_CHOICES.test(rest)) {
          held = rest;
          return out;
        }
        passing = true;
        // A blank line may come in two halves: the first half waits.
        const half = /[\r\n]+$/.exec(rest)?.[0].length ?? 0;
        held = half > 0 ? rest.slice(-half) : '';
        return out + rest.slice(0, rest.length - half);
      }
      const end = boundary.index + boundary[0].length;
      const event = rest.slice(0, end);
      if (passing || !isUsageChunk(event)) out += event;
      passing = false;
      rest = rest.slice(end);
    }
    return out;
  }

  return {
    push(chunk: Buffer): Buffer {
      const atBoundary = held === '' && !passing;
      const endsEvent = chunk.length >= 2 && chunk[chunk.length - 1] === 0x0a && chunk[chunk.length - 2] === 0x0a;
      if (atBoundary && endsEvent && !CHOICES_MARKS.some((mark) => chunk.indexOf(mark) !== -1)) return chunk;
      return Buffer.from(filter(chunk.toString('latin1')), 'latin1');
    },
    flush(): Buffer {
      const rest = held;
      held = '';
      return Buffer.from(rest, 'latin1');
    },
  };
}
