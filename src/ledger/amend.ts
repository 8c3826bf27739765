import type { DatabaseSync } from 'node:sqlite';
import type { PricedExchange, Standing } from '../shared/usage.js';
import { COUNT_COLUMNS, ROLLUP_KEYS, ROLLUP_SUMS } from './migrations.js';
import { addTo, countsOf, rollupKeyOf } from './rollup-sums.js';

/** A row of `exchanges`, as far as it takes to amend it. */
export interface AmendableRow {
  readonly seq: number;
  readonly model: string;
  readonly standing: Standing;
}

/** Writes what is known of an exchange now in place of what was, with `text` as its record, and moves its rollup along. */
export type Amend = (row: AmendableRow, before: PricedExchange, after: PricedExchange, text: string) => void;

/** To be called within a transaction. Tool, model, project, key and time of an exchange stay what they were. */
export function createAmend(db: DatabaseSync): Amend {
  const update = db.prepare(
    `UPDATE exchanges SET standing = ?, ${COUNT_COLUMNS.map((name) => `${name} = ?`).join(', ')},
       price_list_version = ?, record = ? WHERE seq = ? AND standing = ?`,
  );
  const move = db.prepare(
    `UPDATE rollups SET ${ROLLUP_SUMS.map((name) => `${name} = ${name} + ?`).join(', ')}
     WHERE bucket = ? AND ${ROLLUP_KEYS.map((name) => `${name} = ?`).join(' AND ')}`,
  );
  return ({ seq, model, standing }, before, after, text) => {
    const list = after.cost?.priceListVersion ?? null;
    update.run(after.standing, ...countsOf(after, after), list, text, seq, standing);
    const difference = ROLLUP_SUMS.map(() => 0);
    addTo(difference, before, before, -1);
    addTo(difference, after, after);
    move.run(...difference, ...rollupKeyOf(before, model));
  };
}
