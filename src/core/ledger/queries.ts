import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type ExchangeRecord,
  type PricedExchange,
  STANDINGS,
  type Standing,
  type UsageGroup,
  type UsageQuery,
  type UsageTotals,
} from '../../shared/usage.js';
import { localDayOf, localDayStarts } from './calendar.js';
import { COUNT_COLUMNS, ROLLUP_MS, ROLLUP_SUMS } from './migrations.js';
import { addTotals, EMPTY_TOTALS } from './snapshot.js';
import type { LedgerStore } from './store.js';

export type Queries = Pick<LedgerStore, 'totals' | 'breakdown' | 'series' | 'latest'>;

type Row = Record<string, number | string | null>;
type Grouping = 'bucket' | 'provider_name' | 'model' | 'tool' | 'project_id' | 'key_id';
const COLUMN_OF = { model: 'model', tool: 'tool', project: 'project_id', key: 'key_id' } as const;

/** An exchange in the shape of a rollup of itself. */
const AS_ROLLUP = [
  `started_at / ${ROLLUP_MS} * ${ROLLUP_MS} AS bucket`,
  'provider_name',
  'model',
  'tool',
  'project_id',
  'key_id',
  '1 AS exchanges',
  "outcome = 'failed' AS failed",
  "outcome = 'interrupted' AS interrupted",
  ...COUNT_COLUMNS,
  ...STANDINGS.map((standing) => `standing = '${standing}' AS standing_${standing}`),
].join(', ');
const ROLLUP_COLUMNS = ['bucket', 'provider_name', 'model', 'tool', 'project_id', 'key_id', ...ROLLUP_SUMS].join(', ');
/** TOTAL is a number whatever it sums; SUM would be a big integer, and an error, beyond 2^53. */
const SUMS = ROLLUP_SUMS.map((name) => `TOTAL(${name}) AS ${name}`).join(', ');

const NO_END = Number.MAX_SAFE_INTEGER;
const STATEMENTS_KEPT = 50;

export function createQueries(db: DatabaseSync): Queries {
  const statements = new Map<string, StatementSync>();

  function all(sql: string, values: readonly SQLInputValue[]): Row[] {
    let statement = statements.get(sql);
    if (!statement) {
      if (statements.size >= STATEMENTS_KEPT) statements.clear();
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement.all(...values) as Row[];
  }

  /**
   * Sums for a range, one row for each group: whole quarters of an hour from the rollups, the ragged ends from the
   * exchanges themselves.
   */
  function sums(query: UsageQuery, groupBy: readonly Grouping[]): Row[] {
    const { since = 0, until = NO_END } = query;
    const from = Math.ceil(since / ROLLUP_MS) * ROLLUP_MS;
    const to = until === NO_END ? NO_END : Math.floor(until / ROLLUP_MS) * ROLLUP_MS;
    // A range within one quarter has no whole one: its end is then where the first one would begin.
    const [rollupFrom, rollupTo] = from < to ? [from, to] : [until, until];
    const filter = filterOf(query);
    const columns = [...groupBy, SUMS].join(', ');
    const group = groupBy.length === 0 ? '' : ` GROUP BY ${groupBy.join(', ')}`;
    return all(
      `SELECT ${columns} FROM (
         SELECT ${ROLLUP_COLUMNS} FROM rollups WHERE bucket >= ? AND bucket < ?${filter.sql}
         UNION ALL
         SELECT ${AS_ROLLUP} FROM exchanges WHERE started_at >= ? AND started_at < ?${filter.sql}
         UNION ALL
         SELECT ${AS_ROLLUP} FROM exchanges WHERE started_at >= ? AND started_at < ?${filter.sql}
       )${group}`,
      [
        ...[rollupFrom, rollupTo, ...filter.values],
        ...[since, rollupFrom, ...filter.values],
        ...[rollupTo, until, ...filter.values],
      ],
    );
  }

  return {
    totals: (query) => sums(query, []).map(totalsOf).reduce(addTotals, EMPTY_TOTALS),

    breakdown(query) {
      if (query.by === 'model') {
        const rows = sums(query, ['provider_name', 'model']);
        return rows.map((row) => ({ ...groupOf(row, 'model'), providerName: providerOf(row) })).sort(dearestFirst);
      }
      if (query.by !== 'day') {
        const column = COLUMN_OF[query.by];
        return sums(query, [column])
          .map((row) => groupOf(row, column))
          .sort(dearestFirst);
      }
      const days = new Map<string, UsageGroup>();
      for (const row of sums(query, ['bucket'])) {
        const key = localDayOf(Number(row.bucket));
        days.set(key, { ...addTotals(days.get(key) ?? EMPTY_TOTALS, totalsOf(row)), key });
      }
      return [...days.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    },

    series(query) {
      const points = new Map<string, UsageTotals & { at: number; key: string }>();
      const dayStarts = localDayStarts();
      const column = COLUMN_OF[query.by];
      for (const row of sums(query, ['bucket', column])) {
        const bucket = Number(row.bucket);
        const at = query.bucketMs === 'day' ? dayStarts(bucket) : Math.floor(bucket / query.bucketMs) * query.bucketMs;
        const key = String(row[column]);
        const name = `${at}\n${key}`;
        points.set(name, { ...addTotals(points.get(name) ?? EMPTY_TOTALS, totalsOf(row)), at, key });
      }
      return [...points.values()].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    },

    latest(query) {
      const { since = 0, until = NO_END, limit } = query;
      const filter = filterOf(query);
      const rows = all(
        `SELECT * FROM exchanges WHERE started_at >= ? AND started_at < ?${filter.sql}
         ORDER BY started_at DESC, seq DESC LIMIT ?`,
        [since, until, ...filter.values, limit],
      );
      return rows.map(exchangeOf).filter((exchange) => exchange !== undefined);
    },
  };
}

function filterOf(query: UsageQuery): { sql: string; values: string[] } {
  const pairs: [string, string | undefined][] = [
    ['provider_name', query.providerName],
    ['model', query.model],
    ['tool', query.tool],
    ['project_id', query.projectId],
    ['key_id', query.keyId],
  ];
  const set = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { sql: set.map(([column]) => ` AND ${column} = ?`).join(''), values: set.map(([, value]) => value) };
}

function dearestFirst(a: UsageGroup, b: UsageGroup): number {
  return b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges || (a.key < b.key ? -1 : 1);
}

function groupOf(row: Row, column: Grouping): UsageGroup {
  return { ...totalsOf(row), key: String(row[column]) };
}

function providerOf(row: Row): UsageGroup['providerName'] {
  return String(row.provider_name) as UsageGroup['providerName'];
}

function totalsOf(row: Row): UsageTotals {
  const value = (name: (typeof ROLLUP_SUMS)[number]) => Number(row[name] ?? 0);
  return {
    exchanges: value('exchanges'),
    failed: value('failed'),
    interrupted: value('interrupted'),
    inputTokens: value('input_tokens'),
    outputTokens: value('output_tokens'),
    cacheReadInputTokens: value('cache_read_input_tokens'),
    cacheCreationInputTokens: value('cache_creation_input_tokens'),
    reasoningOutputTokens: value('reasoning_output_tokens'),
    costNanoUsd: value('cost_nano_usd'),
    surchargeNanoUsd: value('surcharge_nano_usd'),
    standings: Object.fromEntries(STANDINGS.map((standing) => [standing, value(`standing_${standing}`)])) as Record<
      Standing,
      number
    >,
  };
}

/** Undefined for a row whose text has been damaged in a way that SQLite does not notice. */
function exchangeOf(row: Row): PricedExchange | undefined {
  let record: ExchangeRecord;
  try {
    record = JSON.parse(String(row.record)) as ExchangeRecord;
  } catch {
    return undefined;
  }
  const standing = String(row.standing) as Standing;
  if (row.cost_nano_usd === null) return { ...record, standing };
  const cost = {
    costNanoUsd: Number(row.cost_nano_usd),
    surchargeNanoUsd: Number(row.surcharge_nano_usd),
    priceListVersion: String(row.price_list_version),
  };
  return { ...record, standing, cost };
}
