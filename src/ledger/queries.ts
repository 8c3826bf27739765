import type { DatabaseSync } from 'node:sqlite';
import { localDayOf } from '../shared/calendar.js';
import { addTotals, EMPTY_TOTALS } from '../shared/totals.js';
import type { UsageGroup, UsageQuery } from '../shared/usage.js';
import { latestRows } from './latest.js';
import { createTotalsReader } from './read-totals.js';
import { createStatements, type SqlRow } from './statements.js';
import type { LedgerStore } from './store.js';
import { exchangeIn, totalsIn } from './stored-columns.js';
import { unsureRows } from './unsure.js';

export type Queries = Pick<LedgerStore, 'totals' | 'breakdown' | 'series' | 'latest' | 'unsure'>;

const COLUMN_OF = { model: 'model', tool: 'tool', project: 'project_id', key: 'key_id' } as const;

/** The sums of a file and its records, as shells ask for them. */
export function createQueries(db: DatabaseSync): Queries {
  const statements = createStatements(db);
  const sums = createTotalsReader(statements);

  function groups(query: UsageQuery, column: 'tool' | 'project_id' | 'key_id'): UsageGroup[] {
    return sums
      .total(query, [column])
      .map((row) => ({ ...totalsIn(row), key: String(row[column]) }))
      .sort(dearestFirst);
  }

  return {
    totals: (query) => sums.total(query, []).map(totalsIn).reduce(addTotals, EMPTY_TOTALS),

    breakdown(query) {
      if (query.by === 'tool') return groups(query, 'tool');
      if (query.by === 'project') return groups(query, 'project_id');
      if (query.by === 'model') {
        return sums
          .total(query, ['provider_name', 'model'])
          .map((row) => ({ ...totalsIn(row), key: String(row.model), providerName: providerOf(row) }))
          .sort(dearestFirst);
      }
      if (query.by === 'key') return groups(query, 'key_id');
      return sums
        .byDay(query, [])
        .map((row) => ({ ...totalsIn(row), key: localDayOf(Number(row.at)) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    },

    series(query) {
      const { bucketMs } = query;
      const column = COLUMN_OF[query.by];
      const rows = bucketMs === 'day' ? sums.byDay(query, [column]) : sums.byBucket(query, bucketMs, [column]);
      return rows
        .map((row) => ({ ...totalsIn(row), at: Number(row.at), key: String(row[column]) }))
        .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    },

    latest: (query) => latestRows(statements, query).flatMap((row) => exchangeIn(row) ?? []),

    unsure: (query) => unsureRows(statements, query).flatMap((row) => exchangeIn(row) ?? []),
  };
}

function dearestFirst(a: UsageGroup, b: UsageGroup): number {
  return b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges || (a.key < b.key ? -1 : 1);
}

function providerOf(row: SqlRow): UsageGroup['providerName'] {
  return String(row.provider_name) as UsageGroup['providerName'];
}
