import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createEncoder, type Encoder } from './encoder.js';
import type { RequestRecord } from './journal.js';
import { pause } from './pause.js';
import type { Plan } from './plan.js';
import { DEFAULT_EVENTS } from './prose.js';
import type { Reply } from './reply.js';

/** Events that stand in front of the first delta of text in most streams. */
const EVENTS_BEFORE_TEXT = 4;

/**
 * Sends an answer the way the plan wants it, faults included. Resolves true if the whole answer went out and the other
 * side was still there.
 */
export async function deliver(
  reply: Reply,
  plan: Plan,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
): Promise<boolean> {
  const { socket } = request;
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  if (response.destroyed) gone.abort();

  if (plan.fault === 'garbage') {
    socket.end('\x16\x03\x01\x00garbage, and no HTTP at all\r\n\r\n');
    return false;
  }
  if (plan.delay) await pause(plan.delay, gone.signal);
  if (plan.at === 'before' && plan.stall) await pause(plan.stall, gone.signal);
  sendInformational(plan, response);
  if (plan.at === 'before' && (await endsHere(plan, socket, gone.signal))) return false;
  if (gone.signal.aborted) return false;

  const encoder = plan.encoding === undefined ? undefined : createEncoder(plan.encoding);
  const body = reply.streaming ? undefined : await wholeBody(reply, encoder);
  response.writeHead(reply.status, headersOf(reply, plan, body));
  response.flushHeaders();
  record.answeredAt = Date.now();
  record.status = reply.status;
  if (plan.think) await pause(plan.think, gone.signal);

  const sender = new Sender(response, record, gone.signal, plan.split);
  const complete = body
    ? await sendDocument(body, plan, sender, socket)
    : await sendStream(reply, plan, sender, socket, encoder);
  if (!complete) return false;
  await sender.end();
  closeConnection(plan, socket);
  return !gone.signal.aborted;
}

function sendInformational(plan: Plan, response: ServerResponse): void {
  if (plan.informational === 100) response.writeContinue();
  if (plan.informational === 102) response.writeProcessing();
  if (plan.informational === 103) response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
}

function headersOf(reply: Reply, plan: Plan, body: Buffer | undefined): Record<string, string> {
  const headers: Record<string, string> = { ...reply.headers };
  if (plan.type !== undefined) headers['content-type'] = plan.type;
  if (plan.encoding !== undefined) headers['content-encoding'] = plan.encoding;
  if (plan.headers) headers['x-long'] = 'h'.repeat(plan.headers);
  // A document that is to end in mid chunk has to be chunked.
  if (body && !(plan.fault === 'truncate' && (plan.how === 'chunk' || plan.how === 'end'))) {
    headers['content-length'] = String(body.length);
  }
  return headers;
}

async function wholeBody(reply: Reply, encoder: Encoder | undefined): Promise<Buffer> {
  const body = Buffer.concat([...reply.pieces]);
  return encoder ? Buffer.concat([await encoder.encode(body), await encoder.end()]) : body;
}

async function sendDocument(body: Buffer, plan: Plan, sender: Sender, socket: Socket): Promise<boolean> {
  const stop = stopsAt(plan, Math.floor(body.length / 2));
  if (stop === undefined) {
    await sender.write(body);
    return true;
  }
  await sender.write(body.subarray(0, stop));
  if (plan.stall) await pause(plan.stall, sender.gone);
  if (await breaks(plan, sender, socket, plan.how ?? 'length')) return false;
  await sender.write(body.subarray(stop));
  return true;
}

async function sendStream(
  reply: Reply,
  plan: Plan,
  sender: Sender,
  socket: Socket,
  encoder: Encoder | undefined,
): Promise<boolean> {
  const stop = stopsAt(plan, EVENTS_BEFORE_TEXT + Math.floor((plan.events ?? DEFAULT_EVENTS) / 2));
  const send = async (piece: Buffer) => sender.write(encoder ? await encoder.encode(piece) : piece);
  let sent = 0;
  let stopped = false;
  const atStop = async (): Promise<boolean> => {
    stopped = true;
    if (plan.stall) await pause(plan.stall, sender.gone);
    if (plan.fault === 'error-event') {
      if (reply.errorEvent) await send(reply.errorEvent);
      return false;
    }
    return breaks(plan, sender, socket, plan.how ?? 'chunk');
  };
  for (const piece of reply.pieces) {
    if (sender.gone.aborted) return false;
    if (sent === stop) {
      if (await atStop()) return false;
      if (plan.fault === 'error-event') break;
    }
    if (sent > 0) await pause(plan.interval ?? 0, sender.gone);
    await send(piece);
    sent += 1;
  }
  // A stream shorter than the place where it was to break breaks at its end.
  if (stop !== undefined && !stopped && (await atStop())) return false;
  if (encoder) await sender.write(await encoder.end());
  return !sender.gone.aborted;
}

/** After how many events or bytes something happens; undefined where nothing does. */
function stopsAt(plan: Plan, middle: number): number | undefined {
  const happens = plan.stall || /^(?:reset|truncate|stall|error-event)$/.test(plan.fault ?? '');
  if (!happens || plan.at === 'before') return undefined;
  if (plan.at === 'head') return 0;
  return typeof plan.at === 'number' ? plan.at : middle;
}

/** Breaks the answer if the plan says so; true if it is over. */
async function breaks(plan: Plan, sender: Sender, socket: Socket, how: 'length' | 'chunk' | 'end'): Promise<boolean> {
  if (plan.fault !== 'truncate') return endsHere(plan, socket, sender.gone);
  if (how === 'end') {
    await sender.end();
    return true;
  }
  // A chunk that says 4 KiB and holds nine bytes; a length not reached needs nothing but the end.
  socket.end(how === 'chunk' ? '1000\r\ndata: {"t' : '');
  return true;
}

async function endsHere(plan: Plan, socket: Socket, gone: AbortSignal): Promise<boolean> {
  if (plan.fault === 'stall') {
    await pause(Number.POSITIVE_INFINITY, gone);
    return true;
  }
  if (plan.fault === 'reset') socket.resetAndDestroy();
  else if (plan.fault === 'truncate') socket.end();
  else return false;
  return true;
}

/** What happens to the connection behind a good answer. */
function closeConnection(plan: Plan, socket: Socket): void {
  if (plan.fault === 'close') socket.end();
  if (plan.fault === 'stale') {
    // The listener of the HTTP parser goes first: the request that comes is never read.
    socket.removeAllListeners('data');
    socket.prependOnceListener('data', () => socket.resetAndDestroy());
    socket.resume();
  }
}

/** Writes with respect for a slow reader, and no two writes in one packet where they are to be seen apart. */
class Sender {
  constructor(
    private readonly response: ServerResponse,
    private readonly record: RequestRecord,
    readonly gone: AbortSignal,
    private readonly split: number | undefined,
  ) {}

  async write(bytes: Buffer): Promise<void> {
    const step = this.split ?? bytes.length;
    for (let at = 0; at < bytes.length && !this.gone.aborted; at += step) {
      const part = bytes.subarray(at, at + step);
      this.record.responseBytes += part.length;
      await this.pass(part);
    }
  }

  private pass(part: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.response.write(part)) {
        setImmediate(resolve);
        return;
      }
      const done = () => {
        this.response.off('drain', done);
        this.gone.removeEventListener('abort', done);
        resolve();
      };
      this.response.on('drain', done);
      this.gone.addEventListener('abort', done);
    });
  }

  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.gone.aborted) resolve();
      else {
        this.gone.addEventListener('abort', () => resolve());
        this.response.end(() => resolve());
      }
    });
  }
}
