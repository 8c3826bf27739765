import type { BodyRewrite, ExchangeHead } from '../../shared/exchange.js';
import { type CapturedValue, JsonScanner, parseCaptured } from '../../shared/json.js';
import { createUsageFilter } from './usage-filter.js';

/**
 * OpenAI's chat streams report usage only if the request asks for it
 * (https://platform.openai.com/docs/api-reference/chat/create, stream_options). Meshbar asks on the client's behalf and
 * takes out of the answer what that adds to it, so that the client sees the stream it asked for.
 */
export function askForChatUsage(head: ExchangeHead): BodyRewrite | undefined {
  if (head.method !== 'POST') return undefined;
  if (!/\bjson\b/i.test(head.headers['content-type'] ?? '') || head.headers['content-encoding'] !== undefined) {
    return undefined;
  }
  return createUsageRewrite();
}

const OPTION = '"stream_options":{"include_usage":true}';
const WANTED = { stream: true, stream_options: true } as const;
const NOTHING = Buffer.alloc(0);

function createUsageRewrite(): BodyRewrite {
  let asked = false;
  return {
    request(body) {
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
    response(status, fields) {
      const plain = fields['content-encoding'] === undefined || fields['content-encoding'] === 'identity';
      if (!asked || status !== 200 || !plain) return undefined;
      if (!/^text\/event-stream\b/i.test(fields['content-type'] ?? '')) return undefined;
      return createUsageFilter();
    },
  };
}

/** The body with usage asked for, all other bytes as they were; undefined where there is nothing to change. */
function withUsageAsked(body: Buffer): Buffer | undefined {
  if (!mayNeedUsageAsked(body)) return undefined;
  const found = new Map<string, CapturedValue>();
  const scanner = new JsonScanner(WANTED, { onValue: (value) => found.set(value.path, value) });
  scanner.push(body);
  if (scanner.closedAt === -1 || found.get('stream')?.text !== 'true') return undefined;
  const options = found.get('stream_options');
  if (!options) return splice(body, scanner.openedAt + 1, scanner.openedAt + 1, `${OPTION},`);
  const given = parseCaptured(options.text);
  if (given === null) return splice(body, options.start, options.end, '{"include_usage":true}');
  if (typeof given !== 'object' || Array.isArray(given) || given === undefined) return undefined;
  if ('include_usage' in given && given.include_usage === true) return undefined;
  return splice(body, options.start, options.end, JSON.stringify({ ...given, include_usage: true }));
}

/**
 * Both keys begin so. Not longer: up to seven bytes Node looks for the first, a quote, at the speed of memory; for longer
 * ones it changes to a search that takes fifty times as long once it has met some twenty quotes.
 */
const KEYS = Buffer.from('"stream');
const STREAMED = /^"\s*:\s*true/;
const ASKING = /^_options"\s*:\s*\{\s*"include_usage"\s*:\s*true/;
const LOOK_BEHIND_KEY_BYTES = 64;

/** Most requests are kept apart without a look at their structure: text in a prompt has its quotes escaped. */
function mayNeedUsageAsked(body: Buffer): boolean {
  let streamed = false;
  for (let at = body.indexOf(KEYS); at !== -1; at = body.indexOf(KEYS, at + 1)) {
    const start = at + KEYS.length;
    const behind = body.toString('latin1', start, start + LOOK_BEHIND_KEY_BYTES);
    if (ASKING.test(behind)) return false;
    streamed ||= STREAMED.test(behind);
  }
  return streamed;
}

function splice(body: Buffer, start: number, end: number, text: string): Buffer {
  return Buffer.concat([body.subarray(0, start), Buffer.from(text), body.subarray(end)]);
}

/**
 * For a body too large to hold: everything passes as it comes, and the option goes in front of the last brace, when it
 * is known whether this is a stream. A body with stream options of its own is left alone: it may go unmetered.
 */
function createStreamEdit(onAsked: () => void) {
  let stream = false;
  let hasOptions = false;
  const scanner = new JsonScanner(WANTED, {
    onValue({ path, text }) {
      if (path === 'stream') stream = text === 'true';
      else hasOptions = true;
    },
  });
  let offset = 0;
  return {
    push(chunk: Buffer): Buffer {
      if (scanner.finished) return chunk;
      scanner.push(chunk);
      const start = offset;
      offset += chunk.length;
      if (scanner.closedAt === -1 || !stream || hasOptions) return chunk;
      onAsked();
      const at = scanner.closedAt - start;
      return splice(chunk, at, at, `,${OPTION}`);
    },
    flush: () => NOTHING,
  };
}
