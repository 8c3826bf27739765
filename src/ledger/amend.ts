import type { DatabaseSync } from 'node:sqlite';
import { countExchange, createTotals } from '../shared/totals.js';
import type { PricedExchange, Standing } from '../shared/usage.js';
import {
  AMENDED_COLUMNS,
  amendedValuesOf,
  FIGURE_COLUMNS,
  figuresOf,
  ROLLUP_KEYS,
  rollupKeyOf,
  rowOf,
} from './stored-columns.js';

/** A row of `exchanges`, as far as it takes to amend it. */
export interface AmendableRow {
  readonly seq: number;
  readonly standing: Standing;
}

/** Writes what is known of an exchange now in place of what was, with `text` as its record, and moves its rollup along. */
export type Amend = (row: AmendableRow, before: PricedExchange, after: PricedExchange, text: string) => void;

/** To be called within a transaction. Tool, model, project, key and time of an exchange stay what they were. */
export function createAmend(db: DatabaseSync): Amend {
  const update = db.prepare(
    `UPDATE exchanges SET ${AMENDED_COLUMNS.map((name) => `${name} = ?`).join(', ')}, record = ?
     WHERE seq = ? AND standing = ?`,
  );
  const move = db.prepare(
    `UPDATE rollups SET ${FIGURE_COLUMNS.map((name) => `${name} = ${name} + ?`).join(', ')}
     WHERE ${['bucket', ...ROLLUP_KEYS].map((name) => `${name} = ?`).join(' AND ')}`,
  );
  return ({ seq, standing }, before, after, text) => {
    update.run(...amendedValuesOf(after), text, seq, standing);
    const difference = createTotals();
    countExchange(difference, before, before, -1);
    countExchange(difference, after, after);
    move.run(...figuresOf(difference), ...rollupKeyOf(rowOf(before, before, text)));
  };
}
