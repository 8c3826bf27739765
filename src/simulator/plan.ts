import { z } from 'zod';

/**
 * What a request asks the simulator to do, besides answering it.
 *
 * Grammar: `key=value` pairs parted by ";", in the request header `X-Simulator`, or, for tools that can't set headers,
 * behind an "@" in the model's name (`gpt-5.4@fault=reset;at=mid`); the answer names the model without it. An unknown
 * key or a bad value is answered with 400. WebSockets take it from the handshake's header or the model in the query,
 * and from the model of each `response.create`.
 *
 * The shape of the answer:
 *   events=N      deltas of text in a stream (12); documents hold the same text
 *   size=N        characters in each delta (a word)
 *   huge=N        one delta of N characters among them
 *   interval=MS   between two events (0)
 *   input= output= cached= written= reasoning=N   token counts to report, instead of counted ones
 *   refuse=1      a decision is a refusal
 *   tools=NAME    the tool to call; `none`: call none though tools are given
 *
 * Time, in milliseconds:
 *   hold=MS       before the request's body is read
 *   delay=MS      before the head (of a WebSocket's handshake)
 *   think=MS      after the head, before the first byte of the body; of a WebSocket, before each response's first event
 *   stall=MS      silence once, at `at`; the answer then goes on
 *
 * Bytes:
 *   split=N             write N bytes a time
 *   encoding=NAME       gzip, br, zstd or deflate, flushed after each event
 *   type=TYPE           another content-type
 *   informational=N     a 100, 102 or 103 before the answer
 *   headers=N           N bytes more of response headers
 *
 * Refusals, in the provider's error shape:
 *   status=N            400 401 403 404 408 409 413 422 429 500 503 529; for a WebSocket, of the handshake
 *   retry-after=S       with 429 and 503 (2)
 *   early=1             with `status`: answer before the request's body was read
 *
 * fault=NAME, one of:
 *   reset               TCP RST
 *   truncate            the connection ends in mid-body: `how=length` (content-length not reached; the default for
 *                       documents), `how=chunk` (in mid chunk; the default for streams), `how=end` (framed properly, but
 *                       without the rest: a stream misses its end event)
 *   stall               silence for good: the connection stays open
 *   error-event         the provider's error event, then the end of the stream
 *   garbage             no HTTP at all
 *   close               a good answer; the connection, announced as kept, is closed right behind it
 *   stale               a good answer; the next request on that connection meets a reset
 *   unauthorized-once   401 to the first request with this same text, the next one passes; `id=` tells apart
 *   no-pong             WebSocket: pings are not answered
 *   close-code          WebSocket: closed in mid-response with `code=N` (1011)
 *
 * at=WHERE says when a reset, stall or truncation happens: `before` the head, at the `head` (sent, nothing else), `mid`
 * (the default: half of the events, or of the bytes of a document), or N: after N events, or N bytes of a document.
 */
export interface Plan extends z.infer<typeof PLAN> {}

const whole = z.coerce.number().int().min(0);
const count = whole.optional();

const PLAN = z.strictObject({
  events: count,
  size: count,
  huge: count,
  interval: count,
  input: count,
  output: count,
  cached: count,
  written: count,
  reasoning: count,
  refuse: z.literal('1').optional(),
  tools: z.string().optional(),
  hold: count,
  delay: count,
  think: count,
  stall: count,
  split: z.coerce.number().int().min(1).optional(),
  encoding: z.enum(['gzip', 'br', 'zstd', 'deflate']).optional(),
  type: z.string().optional(),
  informational: z.coerce
    .number()
    .pipe(z.union([z.literal(100), z.literal(102), z.literal(103)]))
    .optional(),
  headers: count,
  status: z.coerce.number().int().min(400).max(599).optional(),
  'retry-after': count,
  early: z.literal('1').optional(),
  fault: z
    .enum([
      'reset',
      'truncate',
      'stall',
      'error-event',
      'garbage',
      'close',
      'stale',
      'unauthorized-once',
      'no-pong',
      'close-code',
    ])
    .optional(),
  at: z.union([z.enum(['before', 'head', 'mid']), whole]).optional(),
  how: z.enum(['length', 'chunk', 'end']).optional(),
  code: z.coerce.number().int().min(1000).max(4999).optional(),
  id: z.string().optional(),
});

/** Throws PlanError. */
export function parsePlan(text: string | undefined): Plan {
  const entries: [string, string][] = [];
  for (const pair of (text ?? '').split(';')) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    if (at === -1) throw new PlanError(`"${pair.trim()}" is not key=value`);
    entries.push([pair.slice(0, at).trim(), pair.slice(at + 1).trim()]);
  }
  const parsed = PLAN.safeParse(Object.fromEntries(entries));
  if (!parsed.success) throw new PlanError(z.prettifyError(parsed.error));
  return parsed.data;
}

/** A plan that can't be read: the simulator answers 400 with the reason. */
export class PlanError extends Error {
  constructor(reason: string) {
    super(`The simulator can't read what X-Simulator or the model asks of it: ${reason}`);
  }
}

/** Parts a model's name from the plan behind it; "" where there is none. */
export function splitModel(model: string): { model: string; planText: string } {
  const at = model.search(/@[a-z-]+=/);
  return at === -1 ? { model, planText: '' } : { model: model.slice(0, at), planText: model.slice(at + 1) };
}
