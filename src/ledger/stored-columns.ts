import type { SQLInputValue } from 'node:sqlite';
import { COLUMN_NAMES, columnOf, readerOf } from '../shared/column-values.js';
import { COST_COLUMNS, type ColumnName, RECORD_COLUMNS, STANDINGS } from '../shared/columns.js';
import { COUNTED, createTotals, modelOf, SUMMED } from '../shared/totals.js';
import type { Cost, ExchangeRecord, PricedExchange, Standing, UsageTotals } from '../shared/usage.js';
import type { Row } from './statements.js';

/** The list of columns as the ledger's tables have them. What has no column here is read from the record's JSON. */

/** Rollups are kept by quarters of an hour, so that the days of every time zone are unions of them. */
export const ROLLUP_MS = 15 * 60 * 1000;

/** A column of the exchanges' table and what an exchange has in it. */
export interface StoredColumn {
  readonly name: string;
  read(record: ExchangeRecord, pricing: Pick<PricedExchange, 'cost' | 'standing'>): SQLInputValue;
}

export function columnNameOf(name: ColumnName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const stored = COLUMN_NAMES.filter((name) => columnOf(name).sql !== undefined);
const isOfRecord = (name: ColumnName) => Object.hasOwn(RECORD_COLUMNS, name);

/** The name that the model goes by in totals: the one who asked and the one who answered may differ. */
const MODEL: StoredColumn = { name: 'model', read: modelOf };

/** What stays as it was recorded. */
export const RECORDED: readonly StoredColumn[] = [...stored.filter(isOfRecord).map(storedColumn), MODEL];

/** What a price or a bill that comes later changes. */
export const AMENDED: readonly StoredColumn[] = stored.filter((name) => !isOfRecord(name)).map(storedColumn);

function storedColumn(name: ColumnName): StoredColumn {
  const { type, sql = '' } = columnOf(name);
  const read = readerOf(name) as (...of: Parameters<StoredColumn['read']>) => SQLInputValue | undefined;
  // Without a key it's nobody's: totals are kept apart by it, and NULL is equal to nothing.
  const absent = sql.endsWith('NOT NULL') ? '' : null;
  return {
    name: columnNameOf(name),
    read:
      type === 'flag'
        ? (record, pricing) => (read(record, pricing) ? 1 : 0)
        : (record, pricing) => read(record, pricing) ?? absent,
  };
}

/** What totals are kept apart by, besides the time. */
const KEYS = [...stored.filter((name) => columnOf(name).groups).map(storedColumn), MODEL];
export type RollupKey = 'provider_name' | 'model' | 'tool' | 'project_id' | 'key_id';
export const ROLLUP_KEYS = KEYS.map(({ name }) => name as RollupKey);

/** The key of the rollup that an exchange counts in: the bucket, then ROLLUP_KEYS. */
export function rollupKeyOf(record: ExchangeRecord): readonly SQLInputValue[] {
  return [Math.floor(record.startedAt / ROLLUP_MS) * ROLLUP_MS, ...KEYS.map(({ read }) => read(record, NO_PRICE))];
}

const NO_PRICE = { standing: 'none' } as const;

export const SUMMED_COLUMNS = SUMMED.map(columnNameOf);
const FIGURES = [...COUNTED, ...SUMMED];
/** A rollup's figures, in the order of `figuresOf`. */
export const FIGURE_COLUMNS: readonly string[] = [
  ...COUNTED,
  ...SUMMED_COLUMNS,
  ...STANDINGS.map((standing) => `standing_${standing}`),
];

/** What totals have in the columns of FIGURE_COLUMNS. */
export function figuresOf(totals: UsageTotals): number[] {
  return [...FIGURES.map((name) => totals[name]), ...STANDINGS.map((standing) => totals.standings[standing])];
}

/** The totals in a row with FIGURE_COLUMNS; where a sum has no rows, all is 0. */
export function totalsIn(row: Row): UsageTotals {
  const totals = createTotals();
  FIGURES.forEach((name, i) => {
    totals[name] = Number(row[FIGURE_COLUMNS[i] as string] ?? 0);
  });
  for (const standing of STANDINGS) totals.standings[standing] = Number(row[`standing_${standing}`] ?? 0);
  return totals;
}

/** Undefined for a row whose text has been damaged in a way that SQLite does not notice. */
export function exchangeIn(row: Row): PricedExchange | undefined {
  const record = recordIn(String(row.record));
  if (record === undefined) return undefined;
  const standing = String(row.standing) as Standing;
  if (row[columnNameOf('costNanoUsd')] === null) return { ...record, standing };
  const cost = Object.fromEntries(
    COSTS.map(({ name, column }) => [name, row[column]] as const).filter(([, value]) => value !== null),
  );
  return { ...record, standing, cost: cost as unknown as Cost };
}

const COSTS = (Object.keys(COST_COLUMNS) as (keyof Cost)[]).map((name) => ({ name, column: columnNameOf(name) }));

/** The record that a row's text is, likewise. */
export function recordIn(text: string): ExchangeRecord | undefined {
  try {
    return JSON.parse(text) as ExchangeRecord;
  } catch {
    return undefined;
  }
}
