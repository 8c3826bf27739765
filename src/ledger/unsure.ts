import type { PricedExchange } from '../shared/usage.js';
import { NO_END, type SqlRow, type Statements } from './statements.js';

/** Labelled exchanges whose cost is not sure; by time of start, Unix milliseconds, half-open. */
export interface UnsureQuery {
  readonly since?: number;
  readonly until?: number;
  readonly limit: number;
}

/** As the partial index of the schema has it, word for word, or SQLite would not use that. */
const IS_UNSETTLED = "labelled = 1 AND standing IN ('partial', 'unpriced', 'unmetered', 'refused')";

/** Whether a bill would make its cost surer. */
export function isUnsure(exchange: PricedExchange): boolean {
  return ['partial', 'unpriced', 'unmetered', 'refused'].includes(exchange.standing);
}

/** Rows of those that a bill can settle, oldest first. */
export function unsureRows(statements: Statements, { since = 0, until = NO_END, limit }: UnsureQuery): SqlRow[] {
  return statements.all(
    `SELECT * FROM exchanges WHERE ${IS_UNSETTLED} AND started_at >= ? AND started_at < ? ORDER BY started_at LIMIT ?`,
    [since, until, limit],
  );
}
