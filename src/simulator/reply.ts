import type { SimulatedUsage } from './billing.js';

/** What an endpoint answers, before any fault is put upon it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body in the pieces it is made in: one for a document, one for each event of a stream. */
  readonly pieces: Iterable<Buffer>;
  /** Pieces come one by one, framed by chunks; otherwise they are one body with a length. */
  readonly streaming: boolean;
  /** What is billed for it, once it has begun to flow. */
  readonly bill?: ReplyBill;
  /** What the provider puts into a stream that fails on its way. */
  readonly errorEvent?: Buffer;
}

export interface ReplyBill {
  readonly model: string;
  readonly usage: SimulatedUsage;
  readonly serviceTier?: string;
}

export function jsonReply(
  body: unknown,
  more: { status?: number; headers?: Record<string, string>; bill?: ReplyBill } = {},
) {
  return bytesReply(Buffer.from(JSON.stringify(body)), 'application/json', more);
}

export function bytesReply(
  body: Buffer,
  contentType: string,
  more: { status?: number; headers?: Record<string, string>; bill?: ReplyBill } = {},
): Reply {
  return {
    status: more.status ?? 200,
    headers: { 'content-type': contentType, ...more.headers },
    pieces: [body],
    streaming: false,
    bill: more.bill,
  };
}

export function streamReply(events: Iterable<string>, more: { bill?: ReplyBill; errorEvent?: string }): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    pieces: encode(events),
    streaming: true,
    bill: more.bill,
    errorEvent: more.errorEvent === undefined ? undefined : Buffer.from(more.errorEvent),
  };
}

function* encode(events: Iterable<string>): Generator<Buffer> {
  for (const event of events) yield Buffer.from(event);
}

/** One server-sent event; OpenAI's chat names none, everything else names its type. */
export function sse(data: unknown, name?: string): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`;
}
