import type { LatestQuery } from './ledger-api.js';
import { filterOf, NO_END, type SqlRow, type Statements } from './statements.js';

/** Exchanges of one tool, model and outcome. */
type Kind = readonly [tool: string, model: string, outcome: string];

interface Found {
  readonly seq: number;
  readonly startedAt: number;
}

/** Past the last of a kind: its time is in the comparison, or SQLite would step over all of them. */
const SELECT_NEXT_KIND = `SELECT tool, model, outcome FROM exchanges
  WHERE (tool, model, outcome, started_at) > (?, ?, ?, ?) ORDER BY tool, model, outcome, started_at LIMIT 1`;
const NEWEST_FIRST = 'ORDER BY started_at DESC, seq DESC LIMIT ?';

/**
 * The newest rows that fit, newest first. Those of a filter are looked for kind by kind, of which there are few, in the
 * index that has each kind in order of time: how seldom they are makes no difference.
 */
export function latestRows(statements: Statements, query: LatestQuery): SqlRow[] {
  const { since = 0, until = NO_END, limit, tool, model, outcome } = query;
  const filter = filterOf(query);
  if (tool === undefined && model === undefined && outcome === undefined) {
    return statements.all(
      `SELECT * FROM exchanges WHERE started_at >= ? AND started_at < ?${filter.sql} ${NEWEST_FIRST}`,
      [since, until, ...filter.values, limit],
    );
  }
  let found: Found[] = [];
  for (const kind of kindsOf(statements, query)) {
    // What is older than what was found already, in full number, can't be among the newest.
    const from = found.length < limit ? since : Math.max(since, found.at(-1)?.startedAt ?? since);
    const rows = statements.all(
      `SELECT seq, started_at FROM exchanges WHERE tool = ? AND model = ? AND outcome = ?
         AND started_at >= ? AND started_at < ?${filter.sql} ${NEWEST_FIRST}`,
      [...kind, from, until, ...filter.values, limit],
    );
    if (rows.length === 0) continue;
    const more = rows.map((row) => ({ seq: Number(row.seq), startedAt: Number(row.started_at) }));
    found = [...found, ...more].sort((a, b) => b.startedAt - a.startedAt || b.seq - a.seq).slice(0, limit);
  }
  const rows = found.map(({ seq }) => statements.get('SELECT * FROM exchanges WHERE seq = ?', [seq]));
  return rows.filter((row) => row !== undefined);
}

/** The kinds that fit, each found by a leap in the index to where the one before it ends. */
function kindsOf(statements: Statements, { tool, model, outcome }: LatestQuery): Kind[] {
  const kinds: Kind[] = [];
  const next = (after: Kind): Kind | undefined => {
    const row = statements.get(SELECT_NEXT_KIND, [...after, NO_END]);
    return row && [String(row.tool), String(row.model), String(row.outcome)];
  };
  let kind = next([tool ?? '', '', '']);
  while (kind && (tool === undefined || kind[0] === tool)) {
    const fits = [undefined, kind[1]].includes(model) && [undefined, kind[2]].includes(outcome);
    if (fits) kinds.push(kind);
    kind = next(kind);
  }
  return kinds;
}
