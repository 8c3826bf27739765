import type { SQLInputValue } from 'node:sqlite';
import { COLUMN_NAMES, type ColumnHolder, columnOf, holderOf } from '../shared/column-values.js';
import { COST_COLUMNS, type ColumnName, PRICING_COLUMNS, STANDINGS } from '../shared/columns.js';
import { COUNTED, createTotals, modelOf, SUMMED } from '../shared/totals.js';
import type { Cost, ExchangeRecord, PricedExchange, Pricing, UsageTotals } from '../shared/usage.js';
import type { SqlRow } from './statements.js';

/** The list of columns as the ledger's tables have them. What has no column here is read from the record's JSON. */

/** Rollups are kept by quarters of an hour, so that the days of every time zone are unions of them. */
export const ROLLUP_MS = 15 * 60 * 1000;

/** A column of the exchanges' table, and where an exchange has what goes into it. */
interface StoredColumn {
  readonly name: string;
  readonly holder: ColumnHolder;
  readonly key: string;
  /** For what isn't known. */
  readonly absent: SQLInputValue;
  readonly isFlag: boolean;
}

function columnNameOf(name: ColumnName): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function storedColumn(name: ColumnName): StoredColumn {
  const { type, sql = '' } = columnOf(name);
  // Without a key it's nobody's: totals are kept apart by it, and NULL is equal to nothing.
  const absent = sql.endsWith('NOT NULL') ? (type === 'flag' ? 0 : '') : null;
  return { name: columnNameOf(name), holder: holderOf(name), key: name, absent, isFlag: type === 'flag' };
}

const STORED = COLUMN_NAMES.filter((name) => columnOf(name).sql !== undefined);
const RECORDED = STORED.filter((name) => holderOf(name) === 'record').map(storedColumn);
const AMENDED = STORED.filter((name) => holderOf(name) !== 'record').map(storedColumn);
const MODEL = 'model';

/** What a price or a bill that comes later changes. */
export const AMENDED_COLUMNS = AMENDED.map(({ name }) => name);
/** The columns of an exchange, in the order of rowOf. The model is by the name it goes by in totals. */
export const ROW_COLUMNS: readonly string[] = [
  MODEL,
  ...RECORDED.map(({ name }) => name),
  ...AMENDED_COLUMNS,
  'record',
];

/** What an exchange has in the columns of ROW_COLUMNS; `text` is its record. */
export function rowOf(record: ExchangeRecord, pricing: Pricing, text: string): SQLInputValue[] {
  return [modelOf(record), ...valuesOf(RECORDED, record, pricing), ...valuesOf(AMENDED, record, pricing), text];
}

/** What it has in those of AMENDED_COLUMNS. */
export function amendedValuesOf(exchange: PricedExchange): SQLInputValue[] {
  return valuesOf(AMENDED, exchange, exchange);
}

/** One loop for all, since each record that is written passes it. */
function valuesOf(columns: readonly StoredColumn[], record: ExchangeRecord, pricing: Pricing): SQLInputValue[] {
  const values: SQLInputValue[] = [];
  for (const { holder, key, absent, isFlag } of columns) {
    const part = (
      holder === 'record' ? record : holder === 'usage' ? record.usage : holder === 'cost' ? pricing.cost : pricing
    ) as Readonly<Record<string, SQLInputValue | boolean | undefined>> | undefined;
    const value = part?.[key];
    values.push(isFlag ? (value ? 1 : 0) : ((value as SQLInputValue | undefined) ?? absent));
  }
  return values;
}

/** What totals are kept apart by, besides the time. */
export type RollupKey = 'provider_name' | 'model' | 'tool' | 'project_id' | 'key_id';
export const ROLLUP_KEYS = [
  MODEL,
  ...STORED.filter((name) => columnOf(name).groups).map(columnNameOf),
] as readonly RollupKey[];
const KEY_PLACES = ROLLUP_KEYS.map((name) => ROW_COLUMNS.indexOf(name));
const START_PLACE = ROW_COLUMNS.indexOf(columnNameOf('startedAt'));

/** The key of the rollup that an exchange with such a row counts in: the bucket, then ROLLUP_KEYS. */
export function rollupKeyOf(row: readonly SQLInputValue[]): SQLInputValue[] {
  const key: SQLInputValue[] = [Math.floor(Number(row[START_PLACE]) / ROLLUP_MS) * ROLLUP_MS];
  for (const place of KEY_PLACES) key.push(row[place] as SQLInputValue);
  return key;
}

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
export function totalsIn(row: SqlRow): UsageTotals {
  const totals = createTotals();
  FIGURES.forEach((name, i) => {
    totals[name] = Number(row[FIGURE_COLUMNS[i] as string] ?? 0);
  });
  for (const standing of STANDINGS) totals.standings[standing] = Number(row[`standing_${standing}`] ?? 0);
  return totals;
}

/** Undefined for a row whose text has been damaged in a way that SQLite does not notice. */
export function exchangeIn(row: SqlRow): PricedExchange | undefined {
  const record = recordIn(String(row.record));
  if (record === undefined) return undefined;
  const pricing = valuesIn(row, PRICINGS) as unknown as Pricing;
  if (row[columnNameOf('costNanoUsd')] === null) return { ...record, ...pricing };
  return { ...record, ...pricing, cost: valuesIn(row, COSTS) as unknown as Cost };
}

const placesOf = (columns: object) =>
  (Object.keys(columns) as ColumnName[]).map((name) => ({ name, column: columnNameOf(name) }));
const COSTS = placesOf(COST_COLUMNS);
const PRICINGS = placesOf(PRICING_COLUMNS);

function valuesIn(row: SqlRow, places: typeof COSTS): object {
  return Object.fromEntries(
    places.map(({ name, column }) => [name, row[column]] as const).filter(([, value]) => value !== null),
  );
}

/** The record that a row's text is, likewise. */
export function recordIn(text: string): ExchangeRecord | undefined {
  try {
    return JSON.parse(text) as ExchangeRecord;
  } catch {
    return undefined;
  }
}
