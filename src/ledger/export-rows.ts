import type { LatestQuery } from './ledger-api.js';
import { filterOf, NO_END, type SqlRow, type Statements } from './statements.js';

export type ExportQuery = Omit<LatestQuery, 'limit'>;

const PAGE = 500;

/**
 * Every row that fits, oldest first. A page at a time: memory stays flat, and no reader is in a writer's way while
 * somebody looks at what was written so far.
 */
export function* exportRows(statements: Statements, query: ExportQuery): Generator<SqlRow> {
  const { since = 0, until = NO_END, outcome } = query;
  const filter = filterOf(query);
  const [condition, values] = outcome === undefined ? ['', []] : [' AND outcome = ?', [outcome]];
  let [at, seq] = [since, -1];
  for (;;) {
    const rows = statements.all(
      `SELECT * FROM exchanges WHERE (started_at, seq) > (?, ?) AND started_at < ?${filter.sql}${condition}
       ORDER BY started_at, seq LIMIT ${PAGE}`,
      [at, seq, until, ...filter.values, ...values],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [at, seq] = [Number(last.started_at), Number(last.seq)];
  }
}
