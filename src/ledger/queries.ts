import type { DatabaseSync } from 'node:sqlite';
import {
  type ExchangeRecord,
  type PricedExchange,
  STANDINGS,
  type Standing,
  type UsageGroup,
  type UsageQuery,
  type UsageTotals,
} from '../shared/usage.js';
import { localDayOf } from './calendar.js';
import { latestRows } from './latest.js';
import type { ROLLUP_SUMS } from './migrations.js';
import { addTotals, EMPTY_TOTALS } from './snapshot.js';
import { createStatements, type Row } from './statements.js';
import type { LedgerStore } from './store.js';
import { createSums } from './sums.js';
import { unsureRows } from './unsure.js';

export type Queries = Pick<LedgerStore, 'totals' | 'breakdown' | 'series' | 'latest' | 'unsure'>;

const COLUMN_OF = { model: 'model', tool: 'tool', project: 'project_id', key: 'key_id' } as const;

/** The sums of a file and its records, as shells ask for them. */
export function createQueries(db: DatabaseSync): Queries {
  const statements = createStatements(db);
  const sums = createSums(statements);

  function groups(query: UsageQuery, column: 'tool' | 'project_id' | 'key_id'): UsageGroup[] {
    return sums
      .total(query, [column])
      .map((row) => ({ ...totalsOf(row), key: String(row[column]) }))
      .sort(dearestFirst);
  }

  return {
    totals: (query) => sums.total(query, []).map(totalsOf).reduce(addTotals, EMPTY_TOTALS),

    breakdown(query) {
      if (query.by === 'tool') return groups(query, 'tool');
      if (query.by === 'project') return groups(query, 'project_id');
      if (query.by === 'model') {
        return sums
          .total(query, ['provider_name', 'model'])
          .map((row) => ({ ...totalsOf(row), key: String(row.model), providerName: providerOf(row) }))
          .sort(dearestFirst);
      }
      if (query.by === 'key') return groups(query, 'key_id');
      return sums
        .byDay(query, [])
        .map((row) => ({ ...totalsOf(row), key: localDayOf(Number(row.at)) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    },

    series(query) {
      const { bucketMs } = query;
      const column = COLUMN_OF[query.by];
      const rows = bucketMs === 'day' ? sums.byDay(query, [column]) : sums.byBucket(query, bucketMs, [column]);
      return rows
        .map((row) => ({ ...totalsOf(row), at: Number(row.at), key: String(row[column]) }))
        .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    },

    latest: (query) => latestRows(statements, query).flatMap((row) => exchangeOf(row) ?? []),

    unsure: (query) => unsureRows(statements, query).flatMap((row) => exchangeOf(row) ?? []),
  };
}

function dearestFirst(a: UsageGroup, b: UsageGroup): number {
  return b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges || (a.key < b.key ? -1 : 1);
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
export function exchangeOf(row: Row): PricedExchange | undefined {
  const record = recordOf(String(row.record));
  if (record === undefined) return undefined;
  const standing = String(row.standing) as Standing;
  if (row.cost_nano_usd === null) return { ...record, standing };
  const { price_list_version: list } = row;
  const cost = {
    costNanoUsd: Number(row.cost_nano_usd),
    surchargeNanoUsd: Number(row.surcharge_nano_usd),
    ...(list === null ? {} : { priceListVersion: String(list) }),
  };
  return { ...record, standing, cost };
}

/** The record that a row's text is, likewise. */
export function recordOf(text: string): ExchangeRecord | undefined {
  try {
    return JSON.parse(text) as ExchangeRecord;
  } catch {
    return undefined;
  }
}
