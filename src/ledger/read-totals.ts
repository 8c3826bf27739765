import { localDayEnd, localDayStart } from '../shared/calendar.js';
import { STANDINGS } from '../shared/columns.js';
import { COUNTED } from '../shared/totals.js';
import type { UsageQuery } from '../shared/usage.js';
import { filterOf, NO_END, type SqlRow, type Statements } from './statements.js';
import { FIGURE_COLUMNS, ROLLUP_KEYS, ROLLUP_MS, type RollupKey, SUMMED_COLUMNS } from './stored-columns.js';

/**
 * Sums over a range, one row for each group. They are put together from the days that have been summed, the quarters of
 * an hour between them, and the exchanges of the quarters that the range cuts. Where single exchanges are gone, a range
 * begins and ends with a whole quarter; ranges that follow each other still add up.
 */
export interface TotalsReader {
  total(query: UsageQuery, groupBy: readonly RollupKey[]): SqlRow[];
  /** Each row with `at`, the start of its bucket; `bucketMs` is a whole multiple of ROLLUP_MS. */
  byBucket(query: UsageQuery, bucketMs: number, groupBy: readonly RollupKey[]): SqlRow[];
  /** Each row with `at`, midnight of its day in the local calendar. */
  byDay(query: UsageQuery, groupBy: readonly RollupKey[]): SqlRow[];
}

type Span = readonly [from: number, to: number];

/** Of what a range is put together. */
interface Pieces {
  readonly days: readonly Span[];
  readonly quarters: readonly Span[];
  readonly ragged: readonly Span[];
}

const KEYS = ROLLUP_KEYS.join(', ');
const SUM_COLUMNS = FIGURE_COLUMNS.join(', ');
/** An exchange in the shape of a rollup of itself. */
const AS_ROLLUP = [
  `started_at / ${ROLLUP_MS} * ${ROLLUP_MS} AS bucket`,
  KEYS,
  ...COUNTED.map((name) => (name === 'exchanges' ? `1 AS ${name}` : `outcome = '${name}' AS ${name}`)),
  ...SUMMED_COLUMNS,
  ...STANDINGS.map((standing) => `standing = '${standing}' AS standing_${standing}`),
].join(', ');
/** TOTAL is a number whatever it sums; SUM would be a big integer, and an error, beyond 2^53. */
const TOTALS = FIGURE_COLUMNS.map((name) => `TOTAL(${name}) AS ${name}`).join(', ');
/** The ranges come as one JSON value, since their number varies. */
const SPANS = 'json_each(?) AS span CROSS JOIN';
const inSpan = (column: string) => `${column} >= span.value->>0 AND ${column} < span.value->>1`;

/** Where each piece's sums stand, as rollups; a filter may follow. */
const SOURCES: readonly { readonly piece: keyof Pieces; readonly rows: string }[] = [
  {
    piece: 'days',
    rows: `SELECT starts AS bucket, ${KEYS}, ${SUM_COLUMNS} FROM ${SPANS} day_rollups WHERE starts = span.value->>0`,
  },
  { piece: 'quarters', rows: `SELECT bucket, ${KEYS}, ${SUM_COLUMNS} FROM ${SPANS} rollups WHERE ${inSpan('bucket')}` },
  { piece: 'ragged', rows: `SELECT ${AS_ROLLUP} FROM ${SPANS} exchanges WHERE ${inSpan('started_at')}` },
];

export function createTotalsReader(statements: Statements): TotalsReader {
  /** The range as far as single exchanges allow to cut it. */
  function cutOf({ since = 0, until = NO_END }: UsageQuery): Span {
    const before = Number(statements.get('SELECT before FROM pruned', [])?.before ?? 0);
    const cut = (at: number) => (at < before ? floorToQuarter(at) : at);
    return [cut(since), Math.max(cut(until), cut(since))];
  }

  function summedDays(from: number, to: number): Span[] {
    const rows = statements.all('SELECT starts, ends FROM day_spans WHERE starts >= ? AND ends <= ? ORDER BY starts', [
      from,
      to,
    ]);
    return rows.map(({ starts, ends }) => [Number(starts), Number(ends)]);
  }

  function piecesOf([since, until]: Span, { withDays }: { withDays: boolean }): Pieces {
    const from = Math.ceil(since / ROLLUP_MS) * ROLLUP_MS;
    const to = until === NO_END ? NO_END : floorToQuarter(until);
    // A range within one quarter has no whole one.
    if (from >= to) return { days: [], quarters: [], ragged: [[since, until]] };
    const days = withDays ? summedDays(from, to) : [];
    const quarters: Span[] = [];
    let at = from;
    for (const [starts, ends] of days) {
      if (starts > at) quarters.push([at, starts]);
      at = ends;
    }
    if (at < to) quarters.push([at, to]);
    const ragged: readonly Span[] = [
      [since, from],
      [to, until],
    ];
    return { days, quarters, ragged: ragged.filter(([start, end]) => start < end) };
  }

  /** A statement for each table: from a UNION of them SQLite would lay out every row before it sums any. */
  function sum(pieces: Pieces, query: UsageQuery, columns: readonly string[]): SqlRow[] {
    const filter = filterOf(query);
    const names = columns.map((column) => column.replace(/^.* AS /, ''));
    const groups = names.length === 0 ? '' : ` GROUP BY ${names.join(', ')}`;
    const parts = SOURCES.filter(({ piece }) => pieces[piece].length > 0).map(({ piece, rows }) =>
      statements.all(`SELECT ${[...columns, TOTALS].join(', ')} FROM (${rows}${filter.sql})${groups}`, [
        JSON.stringify(pieces[piece]),
        ...filter.values,
      ]),
    );
    return parts.length === 1 ? (parts[0] as SqlRow[]) : merged(parts.flat(), names);
  }

  function total(query: UsageQuery, groupBy: readonly RollupKey[]): SqlRow[] {
    return sum(piecesOf(cutOf(query), { withDays: true }), query, groupBy);
  }

  /** Midnight after midnight of the days with anything in them. */
  function daysWithin([since, until]: Span): Span[] {
    const days: Span[] = [];
    let at = floorToQuarter(since);
    for (;;) {
      const { bucket } = statements.get('SELECT MIN(bucket) AS bucket FROM rollups WHERE bucket >= ?', [at]) ?? {};
      if (bucket === null || bucket === undefined || Number(bucket) >= until) return days;
      at = localDayEnd(Number(bucket));
      days.push([localDayStart(Number(bucket)), at]);
    }
  }

  return {
    total,
    byBucket: (query, bucketMs, groupBy) =>
      sum(piecesOf(cutOf(query), { withDays: false }), query, [`bucket / ${bucketMs} * ${bucketMs} AS at`, ...groupBy]),
    byDay(query, groupBy) {
      const [since, until] = cutOf(query);
      // Another time zone has other days: those that were summed there are of no use here.
      const summed = new Map(summedDays(since, until));
      const whole: Span[] = [];
      const rows: SqlRow[] = [];
      for (const [start, end] of daysWithin([since, until])) {
        if (summed.get(start) === end) whole.push([start, end]);
        else {
          const part = { ...query, since: Math.max(since, start), until: Math.min(until, end) };
          for (const row of total(part, groupBy)) if (Number(row.exchanges) > 0) rows.push({ ...row, at: start });
        }
      }
      const pieces = { days: whole, quarters: [], ragged: [] };
      return [...sum(pieces, query, ['bucket AS at', ...groupBy]), ...rows];
    },
  };
}

/** One row for each group, of rows of which several may be of one. */
function merged(rows: readonly SqlRow[], names: readonly string[]): SqlRow[] {
  const groups = new Map<string, SqlRow>();
  for (const row of rows) {
    const key = names.map((name) => row[name]).join('\n');
    const group = groups.get(key);
    if (!group) groups.set(key, row);
    else for (const name of FIGURE_COLUMNS) group[name] = Number(group[name]) + Number(row[name]);
  }
  return [...groups.values()];
}

function floorToQuarter(at: number): number {
  return Math.floor(at / ROLLUP_MS) * ROLLUP_MS;
}
