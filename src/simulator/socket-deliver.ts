import { WebSocket } from 'ws';
import { type BreakingPoint, breakConnection, stopOf } from './breakage.js';
import { counted, type Delivery } from './delivery.js';
import { pause } from './pause.js';
import { DEFAULT_EVENTS } from './prose.js';
import type { SocketTalk } from './socket-talk.js';

/** While more than this waits to be sent, nothing more is made. */
const BACKLOG_BYTES = 1024 * 1024;
const DEFAULT_CLOSE_CODE = 1011;

/** Sends a response's events the way the plan wants it. */
export async function deliverEvents(
  events: Iterable<object>,
  talk: SocketTalk,
  webSocket: WebSocket,
  point: BreakingPoint,
): Promise<Delivery> {
  const { pieces, generated } = counted(events);
  const isWhole = await send(pieces, talk, webSocket, point);
  return { isWhole, generated: isWhole ? 1 : generated() };
}

/** Resolves true if all went out. */
async function send(
  events: Iterable<object>,
  talk: SocketTalk,
  webSocket: WebSocket,
  point: BreakingPoint,
): Promise<boolean> {
  const { plan, gone, record } = point;
  const stop = stopOf(plan, plan.events ?? DEFAULT_EVENTS);
  const sendOne = async (event: object) => {
    const text = JSON.stringify(event);
    record.responseBytes += Buffer.byteLength(text);
    const sent = new Promise<void>((resolve) => webSocket.send(text, () => resolve()));
    if (webSocket.bufferedAmount > BACKLOG_BYTES) await sent;
  };
  if (plan.think) await pause(plan.think, gone);
  let count = 0;
  for (const event of events) {
    if (gone.aborted || webSocket.readyState !== WebSocket.OPEN) return false;
    if (count === stop) {
      if (plan.stall) await pause(plan.stall, gone);
      if (plan.fault === 'error-event') {
        await sendOne(talk.errorEvent());
        return false;
      }
      if (plan.fault === 'close-code') {
        webSocket.close(plan.code ?? DEFAULT_CLOSE_CODE, 'closed on demand');
        return false;
      }
      // Truncated is a WebSocket whose connection ends without a close frame.
      if (await breakConnection(point)) return false;
    }
    if (count > 0 && plan.interval) await pause(plan.interval, gone);
    await sendOne(event);
    count += 1;
  }
  return !gone.aborted;
}
