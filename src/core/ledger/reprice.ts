import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type ExchangeRecord, type PricedExchange, STANDINGS } from '../../shared/usage.js';
import { ROLLUP_MS } from './migrations.js';
import { recordOf } from './queries.js';
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
  const update = db.prepare(
    `UPDATE exchanges SET standing = ?, cost_nano_usd = ?, surcharge_nano_usd = ?, price_list_version = ?
     WHERE seq = ? AND standing = 'unpriced'`,
  );
  const move = db.prepare(
    `UPDATE rollups SET cost_nano_usd = cost_nano_usd + ?, surcharge_nano_usd = surcharge_nano_usd + ?,
       ${STANDINGS.map((name) => `standing_${name} = standing_${name} + ?`).join(', ')}
     WHERE bucket = ? AND provider_name = ? AND model = ? AND tool = ? AND project_id = ? AND key_id = ?`,
  );
  const models = new Map<string, number>();
  const sums = { unpriced: 0, priced: 0, costNanoUsd: 0, surchargeNanoUsd: 0 };

  function takePiece(after: number): number | undefined {
    const rows = select.all(after) as unknown as UnpricedRow[];
    for (const { seq, model, record: text } of rows) {
      sums.unpriced += 1;
      const record = recordOf(text);
      const priced = record && price(record);
      if (priced?.cost === undefined) continue;
      const { cost, standing } = priced;
      sums.priced += 1;
      sums.costNanoUsd += cost.costNanoUsd;
      sums.surchargeNanoUsd += cost.surchargeNanoUsd;
      models.set(model, (models.get(model) ?? 0) + 1);
      if (dryRun) continue;
      update.run(standing, cost.costNanoUsd, cost.surchargeNanoUsd, cost.priceListVersion, seq);
      moveInRollup(move, priced, model);
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

/** The exchange counts in its rollup's costs now, and no longer as unpriced. */
function moveInRollup(move: StatementSync, exchange: PricedExchange, model: string): void {
  const { cost, standing, startedAt, providerName, tool, projectId = '', keyId = '' } = exchange;
  move.run(
    cost?.costNanoUsd ?? 0,
    cost?.surchargeNanoUsd ?? 0,
    ...STANDINGS.map((name) => Number(name === standing) - Number(name === 'unpriced')),
    Math.floor(startedAt / ROLLUP_MS) * ROLLUP_MS,
    providerName,
    model,
    tool,
    projectId,
    keyId,
  );
}
