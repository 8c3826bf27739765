import type { ServerResponse } from 'node:http';
import { type BreakingPoint, breakConnection, stopOf } from './breakage.js';
import { counted, type Delivery } from './delivery.js';
import { createEncoder, type Encoder } from './encoder.js';
import type { Exchange } from './exchange.js';
import { pause } from './pause.js';
import type { Plan } from './plan.js';
import { DEFAULT_EVENTS } from './prose.js';
import type { Reply } from './reply.js';
import { Sender } from './sender.js';
import { markStale } from './stale.js';

/** Sends an answer the way the plan wants it, faults included. */
export async function deliver(exchange: Exchange, reply: Reply, plan: Plan): Promise<Delivery> {
  const { pieces, generated } = counted(reply.pieces);
  const isWhole = await send(exchange, { ...reply, pieces }, plan);
  // A document is made whole before its first byte goes out.
  return { isWhole, generated: isWhole || !reply.streaming ? 1 : generated() };
}

/** Resolves true if the whole answer went out and the other side was still there. */
async function send(exchange: Exchange, reply: Reply, plan: Plan): Promise<boolean> {
  const { service, request, response, record } = exchange;
  const { socket } = request;
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  if (response.destroyed) closed.abort();
  const gone = closed.signal;
  const point: BreakingPoint = { plan, socket, record, gone };

  if (plan.delay) await pause(plan.delay, gone);
  if (gone.aborted) return false;
  if (plan.fault === 'garbage') {
    record.cut = true;
    socket.end('\x16\x03\x01\x00garbage, and no HTTP at all\r\n\r\n');
    return false;
  }
  sendInformational(plan, response);
  if (plan.at === 'before' && plan.stall) await pause(plan.stall, gone);
  if (plan.at === 'before' && (await breakConnection(point))) return false;

  const encoder = plan.encoding === undefined ? undefined : createEncoder(plan.encoding);
  const document = reply.streaming ? undefined : await wholeBody(reply, encoder);
  if (gone.aborted) return false;
  response.writeHead(reply.status, headersOf(reply, plan, document));
  response.flushHeaders();
  service.journal.answered(record, reply.status);
  if (plan.think) await pause(plan.think, gone);

  const sender = new Sender(response, record, gone, plan.split);
  const complete = document
    ? await sendDocument(document, point, sender)
    : await sendStream(reply, point, sender, encoder);
  if (!complete || gone.aborted) return false;
  // The mark is before the client can send its next request on this connection.
  if (plan.fault === 'stale') markStale(socket);
  await sender.end();
  if (plan.fault === 'close') socket.end();
  return !record.aborted;
}

function sendInformational(plan: Plan, response: ServerResponse): void {
  if (plan.informational === 100) response.writeContinue();
  if (plan.informational === 102) response.writeProcessing();
  if (plan.informational === 103) response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
}

function headersOf(reply: Reply, plan: Plan, document: Buffer | undefined): Record<string, string> {
  const headers: Record<string, string> = { ...reply.headers };
  if (plan.type !== undefined) headers['content-type'] = plan.type;
  if (plan.encoding !== undefined) headers['content-encoding'] = plan.encoding;
  if (plan.headers) headers['x-long'] = 'h'.repeat(plan.headers);
  // A document that is to end in mid chunk, or properly framed before its end, has to be chunked.
  const chunked = plan.fault === 'truncate' && (plan.how === 'chunk' || plan.how === 'end');
  if (document && !chunked) headers['content-length'] = String(document.length);
  return headers;
}

async function wholeBody(reply: Reply, encoder: Encoder | undefined): Promise<Buffer> {
  const body = Buffer.concat([...reply.pieces]);
  return encoder ? Buffer.concat([await encoder.encode(body), await encoder.end()]) : body;
}

async function sendDocument(document: Buffer, point: BreakingPoint, sender: Sender): Promise<boolean> {
  const { plan, gone } = point;
  const stop = stopOf(plan, 0, document.length) ?? document.length;
  await sender.write(document.subarray(0, stop));
  if (stop === document.length && stopOf(plan, 0, document.length) === undefined) return true;
  if (plan.stall) await pause(plan.stall, gone);
  if (await breakBody(point, sender, 'length')) return false;
  await sender.write(document.subarray(stop));
  return true;
}

async function sendStream(
  reply: Reply,
  point: BreakingPoint,
  sender: Sender,
  encoder: Encoder | undefined,
): Promise<boolean> {
  const { plan, gone } = point;
  const stop = stopOf(plan, plan.events ?? DEFAULT_EVENTS);
  const send = async (piece: Buffer) => sender.write(encoder ? await encoder.encode(piece) : piece);
  /** What happens at the stop: 'on' goes on, 'end' ends the stream properly, 'over' leaves nothing to be sent. */
  const atStop = async (): Promise<'on' | 'end' | 'over'> => {
    if (plan.stall) await pause(plan.stall, gone);
    if (plan.fault !== 'error-event') return (await breakBody(point, sender, 'chunk')) ? 'over' : 'on';
    if (reply.errorEvent) await send(reply.errorEvent);
    return 'end';
  };
  let sent = 0;
  let next: 'on' | 'end' | 'over' = 'on';
  for (const piece of reply.pieces) {
    if (gone.aborted) return false;
    if (sent === stop) next = await atStop();
    if (next !== 'on') break;
    if (sent > 0 && plan.interval) await pause(plan.interval, gone);
    await send(piece);
    sent += 1;
  }
  // A stream shorter than the place where it was to break breaks at its end.
  if (stop !== undefined && sent < stop && !gone.aborted) next = await atStop();
  if (next === 'over') return false;
  if (encoder) await sender.write(await encoder.end());
  if (next === 'end') await sender.end();
  return next === 'on' && !gone.aborted;
}

/** Breaks off in mid-body if the plan says so; true if the answer is over. */
async function breakBody(point: BreakingPoint, sender: Sender, usual: 'length' | 'chunk'): Promise<boolean> {
  const { plan, socket, record } = point;
  if (plan.fault !== 'truncate') return breakConnection(point);
  const how = plan.how ?? usual;
  if (how === 'end') await sender.end();
  else {
    record.cut = true;
    // A chunk that says 4 KiB and holds nine bytes; a length not reached needs nothing but the end.
    socket.end(how === 'chunk' ? '1000\r\ndata: {"t' : '');
  }
  return true;
}
