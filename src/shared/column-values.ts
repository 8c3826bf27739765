import {
  COLUMNS,
  COST_COLUMNS,
  type Column,
  type ColumnName,
  PRICING_COLUMNS,
  type RECORD_COLUMNS,
  USAGE_COLUMNS,
} from './columns.js';
import type { PricedExchange, RawUsage } from './usage.js';

/** The columns of the list, to be read from a record. */

export type ColumnValue = string | number | boolean | RawUsage | undefined;

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

export function columnOf(name: ColumnName): Column {
  return COLUMNS[name];
}

/** The part of a priced exchange that has the column. */
export type ColumnHolder = 'record' | 'usage' | 'pricing' | 'cost';

export function holderOf(name: ColumnName): ColumnHolder {
  if (Object.hasOwn(USAGE_COLUMNS, name)) return 'usage';
  if (Object.hasOwn(COST_COLUMNS, name)) return 'cost';
  return Object.hasOwn(PRICING_COLUMNS, name) ? 'pricing' : 'record';
}

/** Reads one column of exchanges; gives `undefined` for what isn't known. */
export function readerOf(name: ColumnName): (exchange: PricedExchange) => ColumnValue {
  const holder = holderOf(name);
  if (holder === 'usage') return ({ usage }) => usage?.[name as keyof typeof USAGE_COLUMNS];
  if (holder === 'cost') return ({ cost }) => cost?.[name as keyof typeof COST_COLUMNS];
  return (exchange) => exchange[name as keyof typeof RECORD_COLUMNS];
}
