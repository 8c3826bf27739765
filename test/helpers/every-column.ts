import { columnOf } from '../../src/shared/column-values.js';
import {
  COLUMNS,
  COST_COLUMNS,
  type ColumnName,
  PRICING_COLUMNS,
  RECORD_COLUMNS,
  USAGE_COLUMNS,
} from '../../src/shared/columns.js';
import type { PricedExchange } from '../../src/shared/usage.js';

/** A value for each column of the list that no other has, so that each can be found again. */
function valueFor(name: ColumnName) {
  const { type, values, unit } = columnOf(name);
  const n = Object.keys(COLUMNS).indexOf(name) + 1;
  if (type === 'flag') return true;
  if (type === 'tree') return { [`${name}_raw`]: 7000 + n };
  if (values) return values.at(-1);
  if (type === 'text') return `text-of-${name}`;
  if (unit === 'unixMs') return Date.UTC(2026, 8, 21, 12, 0, 0, n);
  return 9000 + n;
}

const holding = (columns: object) =>
  Object.fromEntries((Object.keys(columns) as ColumnName[]).map((name) => [name, valueFor(name)]));

/** An exchange that has everything a record can hold, made from the list of columns. */
export function everyColumn(fields: Partial<PricedExchange> = {}): PricedExchange {
  return {
    ...holding(RECORD_COLUMNS),
    usage: holding(USAGE_COLUMNS),
    cost: holding(COST_COLUMNS),
    ...holding(PRICING_COLUMNS),
    standing: 'measured',
    ...fields,
  } as PricedExchange;
}
