import type { Socket } from 'node:net';
import type { RequestRecord } from './journal.js';
import { pause } from './pause.js';
import type { Plan } from './plan.js';

/** The place in an answer where a plan breaks it. */
export interface BreakingPoint {
  readonly plan: Plan;
  readonly socket: Socket;
  readonly record: RequestRecord;
  /** Fires when the connection is closed. */
  readonly gone: AbortSignal;
}

/** Does what all answers have in common; true if the answer is over with it. `truncate` is a plain end here. */
export async function breakConnection({ plan, socket, record, gone }: BreakingPoint): Promise<boolean> {
  switch (plan.fault) {
    case 'stall':
      await pause(Number.POSITIVE_INFINITY, gone);
      return true;
    case 'reset':
      record.cut = true;
      socket.resetAndDestroy();
      return true;
    case 'truncate':
      record.cut = true;
      socket.end();
      return true;
    default:
      return false;
  }
}

/** Events that stand in front of the first delta of text in most streams. */
const EVENTS_BEFORE_TEXT = 4;
const BREAKING = new Set(['reset', 'truncate', 'stall', 'error-event', 'close-code']);

/** After how many events or bytes something happens; undefined where nothing does. `events` is the plan's, or usual. */
export function stopOf(plan: Plan, events: number, documentBytes?: number): number | undefined {
  if (plan.at === 'before' || (plan.stall === undefined && !BREAKING.has(plan.fault ?? ''))) return undefined;
  if (plan.at === 'head') return 0;
  if (typeof plan.at === 'number') return plan.at;
  return documentBytes === undefined ? EVENTS_BEFORE_TEXT + Math.floor(events / 2) : Math.floor(documentBytes / 2);
}
