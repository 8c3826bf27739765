import type { Ledger } from '../ledger/ledger-api.js';
import type { Bill } from '../ledger/settle.js';
import { isUnsure } from '../ledger/unsure.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import type { PricedExchange } from '../shared/usage.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { type Bills, UnfilteredError } from './bills.js';

/** When to ask for a bill, in milliseconds. */
interface SettlerTimes {
  /** After the exchange has ended, or a start has found it; the first is the least between two asks for one, too. */
  readonly waits: readonly number[];
  /** Between two requests of any kind. */
  readonly gap: number;
  /** Until a project is asked about again that could not be, or must not be (403). */
  readonly failed: number;
  readonly forbidden: number;
}

const TIMES: SettlerTimes = {
  waits: [MINUTE_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS],
  gap: 1000,
  failed: 5 * MINUTE_MS,
  forbidden: HOUR_MS,
};
/** A start looks so far back. */
const LEFT_MS = 7 * DAY_MS;
/** More are left to `meshbar usage settle`. */
const MAX_WAITING = 10_000;

export interface SettlerOptions {
  readonly ledger: Pick<Ledger, 'unsure' | 'settle' | 'onAppended'>;
  readonly bills: Bills;
  readonly onProblem: (problem: Statement) => void;
  readonly times?: SettlerTimes;
}

interface Waiting {
  readonly exchange: PricedExchange;
  /** When it came, Unix milliseconds: the waits count from there. */
  readonly since: number;
  /** Which of the waits comes next. */
  turn: number;
  /** Unix milliseconds. */
  dueAt: number;
  /** What the last ask brought. */
  bill: Bill | undefined;
}

/**
 * Asks in the background what unsure exchanges were billed, one at a time, and settles them. A bill may still be
 * growing, or be booked late: it counts once two asks in a row agree. What has none after the last wait stays as it is.
 * Without an unsure exchange nothing runs. Gives what stops it at once.
 */
export function startSettler({ ledger, bills, onProblem, times = TIMES }: SettlerOptions): () => void {
  const { waits, gap, failed, forbidden } = times;
  const [least = 0, last = 0] = [waits[0], waits.at(-1)];
  const waiting = new Map<string, Waiting>();
  /** Projects of which it was said that nothing can be settled there. */
  const told = new Set<string>();
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let notBefore = 0;
  let asking = false;

  function add(exchanges: readonly PricedExchange[]): void {
    const since = Date.now();
    for (const exchange of exchanges) {
      if (!exchange.labelled || !isUnsure(exchange) || waiting.size >= MAX_WAITING) continue;
      waiting.set(exchange.id, { exchange, since, turn: 0, dueAt: since + least, bill: undefined });
    }
    arm();
  }

  function first(): Waiting | undefined {
    let found: Waiting | undefined;
    for (const one of waiting.values()) if (!found || one.dueAt < found.dueAt) found = one;
    return found;
  }

  /** One timer, for whatever comes first; none where nothing waits. */
  function arm(): void {
    clearTimeout(timer);
    const next = first();
    if (!next || asking || stopped.signal.aborted) return;
    timer = setTimeout(take, Math.max(next.dueAt - Date.now(), notBefore - Date.now(), 0));
    timer.unref();
  }

  async function take(): Promise<void> {
    const next = first();
    if (next && next.dueAt <= Date.now()) {
      asking = true;
      await ask(next).catch((error: unknown) => onFailure(next, error));
      asking = false;
      notBefore = Date.now() + gap;
    }
    arm();
  }

  async function ask(one: Waiting): Promise<void> {
    const before = one.bill;
    one.bill = await bills.billOf(one.exchange, stopped.signal);
    if (stopped.signal.aborted) return;
    if (one.bill && before && agree(one.bill, before)) {
      await ledger.settle(one.bill);
      waiting.delete(one.exchange.id);
      return;
    }
    one.turn += 1;
    const wait = waits[one.turn];
    if (wait === undefined) waiting.delete(one.exchange.id);
    else one.dueAt = Math.max(one.since + wait, Date.now() + least);
  }

  function onFailure({ exchange: { projectId = '' } }: Waiting, error: unknown): void {
    if (stopped.signal.aborted) return;
    const isForbidden = error instanceof MeshbarError && error.code === 'account_forbidden';
    const isHopeless = error instanceof UnfilteredError;
    // What is offline or signed out tells of itself elsewhere.
    if ((isForbidden || isHopeless) && !told.has(projectId)) {
      told.add(projectId);
      onProblem(say('billing.unsettled', { project: projectId, problem: error.facts }));
    }
    const now = Date.now();
    for (const [id, one] of waiting) {
      if (one.exchange.projectId !== projectId) continue;
      if (isHopeless || now > one.since + 2 * last) waiting.delete(id);
      else one.dueAt = Math.max(one.dueAt, now + (isForbidden ? forbidden : failed));
    }
  }

  const stopListening = ledger.onAppended((records) => {
    if (records.some((record) => record.labelled && isUnsure(record))) add(records);
  });
  // What earlier processes have left. Where the ledger does not answer, its own problem is told already.
  ledger.unsure({ since: Date.now() - LEFT_MS, limit: MAX_WAITING }).then(add, () => {});

  return () => {
    stopped.abort();
    clearTimeout(timer);
    stopListening();
    waiting.clear();
  };
}

function agree(a: Bill, b: Bill): boolean {
  return a.costNanoUsd === b.costNanoUsd && a.surchargeNanoUsd === b.surchargeNanoUsd;
}
