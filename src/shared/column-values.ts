import { COLUMNS, COST_COLUMNS, type Column, type ColumnName, USAGE_COLUMNS } from './columns.js';
import type { ExchangeRecord, PricedExchange, RawUsage } from './usage.js';

/** The columns of the list, to be read from a record. */

/** What pricing knows of a record. */
type Pricing = Pick<PricedExchange, 'cost' | 'standing'>;
export type ColumnValue = string | number | boolean | RawUsage | undefined;

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

export function columnOf(name: ColumnName): Column {
  return COLUMNS[name];
}

/**
 * Reads one column of exchanges: where it is found is looked up once. Gives `undefined` for what isn't known; a priced
 * exchange is both arguments.
 */
export function readerOf(name: ColumnName): (record: ExchangeRecord, pricing: Pricing) => ColumnValue {
  if (isIn(USAGE_COLUMNS, name)) return ({ usage }) => usage?.[name];
  if (isIn(COST_COLUMNS, name)) return (_record, { cost }) => cost?.[name];
  if (name === 'standing') return (_record, { standing }) => standing;
  return (record) => record[name];
}

function isIn<T extends object>(columns: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(columns, name);
}
