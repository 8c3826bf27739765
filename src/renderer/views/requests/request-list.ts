import type { ActiveExchange, Outcome, PricedExchange } from '../../../shared/usage.js';
import { compareNames } from '../../../words/format.js';

/** The list of requests: what is in it, in which order, and what a filter leaves. Pure. */

export const LIST_LIMIT = 500;

/** Undefined: any. */
export interface RequestFilter {
  readonly tool?: string | undefined;
  readonly model?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** Half-open range of start times, Unix milliseconds. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** What a person calls an exchange's model: the answer's, or the one that was asked for. */
export function shownModelOf({
  responseModel,
  requestModel,
}: Pick<PricedExchange, 'responseModel' | 'requestModel'>): string | undefined {
  return responseModel ?? requestModel;
}

export function matches(record: PricedExchange, filter: RequestFilter): boolean {
  const { tool, model, outcome } = filter;
  return (
    isWithin(record.startedAt, filter) &&
    (tool === undefined || record.tool === tool) &&
    (model === undefined || shownModelOf(record) === model) &&
    (outcome === undefined || record.outcome === outcome)
  );
}

/** One that has not ended has no outcome yet. */
function matchesActive(exchange: ActiveExchange, filter: RequestFilter): boolean {
  const { tool, model, outcome } = filter;
  return (
    isWithin(exchange.startedAt, filter) &&
    outcome === undefined &&
    (tool === undefined || exchange.tool === tool) &&
    (model === undefined || exchange.model === model)
  );
}

function isWithin(at: number, { since = 0, until = Number.POSITIVE_INFINITY }: RequestFilter): boolean {
  return at >= since && at < until;
}

/** Newest start first, each id once, at most `limit`; the same array where `ended` brings nothing. */
export function withEnded(
  rows: readonly PricedExchange[],
  ended: readonly PricedExchange[],
  filter: RequestFilter,
  limit: number = LIST_LIMIT,
): readonly PricedExchange[] {
  const known = new Set(rows.map(({ id }) => id));
  const fresh = ended.filter((record) => matches(record, filter) && !known.has(record.id));
  if (fresh.length === 0) return rows;
  return [...fresh, ...rows].sort(newestFirst).slice(0, limit);
}

/** An exchange that has ended may still be among the active ones of an older push. */
export function underWay(
  active: readonly ActiveExchange[],
  rows: readonly PricedExchange[],
  filter: RequestFilter,
): readonly ActiveExchange[] {
  const ended = new Set(rows.map(({ id }) => id));
  return active.filter((exchange) => !ended.has(exchange.id) && matchesActive(exchange, filter)).sort(newestFirst);
}

/** Names to filter by, in alphabetical order: all that were seen, and the one that is chosen. */
export function namesSeen(
  before: readonly string[],
  names: Iterable<string | undefined>,
  chosen: string | undefined,
): readonly string[] {
  const all = new Set(before);
  for (const name of [...names, chosen]) if (name !== undefined) all.add(name);
  if (all.size === before.length) return before;
  return [...all].sort(compareNames);
}

function newestFirst(a: { startedAt: number; id: string }, b: { startedAt: number; id: string }): number {
  return b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);
}
