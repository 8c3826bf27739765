import type { DatabaseSync } from 'node:sqlite';
import type { ExchangeRecord, PricedExchange } from '../shared/usage.js';
import { createAmend } from './amend.js';
import { recordIn } from './stored-columns.js';
import { inTransaction } from './transaction.js';

/** What pricing records again has come to. */
export interface Repriced {
  /** Records that were unpriced. */
  readonly unpriced: number;
  /** Of them: those that have a price now. */
  readonly priced: number;
  /** What they cost together, without and with the surcharge apart; nano-USD. */
  readonly costNanoUsd: number;
  readonly surchargeNanoUsd: number;
  /** How many of each model have a price now, most first. */
  readonly models: readonly { readonly model: string; readonly exchanges: number }[];
}

const PIECE = 500;

interface UnpricedRow {
  readonly seq: number;
  readonly model: string;
  readonly record: string;
}

/**
 * Prices the records that had no price with the list at hand; sums change with them. Records that had one keep it: it is
 * what was known at the time. With `dryRun` nothing is written.
 */
export function repriceUnpriced(
  db: DatabaseSync,
  price: (record: ExchangeRecord) => PricedExchange,
  { dryRun }: { readonly dryRun: boolean },
): Repriced {
  const select = db.prepare(
    `SELECT seq, model, record FROM exchanges WHERE standing = 'unpriced' AND seq > ? ORDER BY seq LIMIT ${PIECE}`,
  );
  const amend = createAmend(db);
  const models = new Map<string, number>();
  const sums = { unpriced: 0, priced: 0, costNanoUsd: 0, surchargeNanoUsd: 0 };

  function takePiece(after: number): number | undefined {
    const rows = select.all(after) as unknown as UnpricedRow[];
    for (const { seq, model, record: text } of rows) {
      sums.unpriced += 1;
      const record = recordIn(text);
      const priced = record && price(record);
      if (priced?.cost === undefined) continue;
      sums.priced += 1;
      sums.costNanoUsd += priced.cost.costNanoUsd;
      sums.surchargeNanoUsd += priced.cost.surchargeNanoUsd;
      models.set(model, (models.get(model) ?? 0) + 1);
      if (dryRun) continue;
      const standing = 'unpriced';
      amend({ seq, standing }, { ...(record as ExchangeRecord), standing }, priced, text);
    }
    return rows.at(-1)?.seq;
  }

  for (let after: number | undefined = 0; after !== undefined; ) {
    const from: number = after;
    after = dryRun ? takePiece(from) : inTransaction(db, () => takePiece(from));
  }
  const byCount = [...models].map(([model, exchanges]) => ({ model, exchanges }));
  return { ...sums, models: byCount.sort((a, b) => b.exchanges - a.exchanges) };
}
