import type { DatabaseSync } from 'node:sqlite';
import type { PricedExchange, Standing, TokenUsage } from '../shared/usage.js';
import { type AmendableRow, createAmend } from './amend.js';
import type { SqlRow } from './statements.js';
import { exchangeIn } from './stored-columns.js';
import { inTransaction } from './transaction.js';
import { isUnsure } from './unsure.js';

/** What MeshAgent billed under one label. */
export interface Bill {
  readonly label: string;
  /** Without the surcharge, and the surcharge; nano-USD. */
  readonly costNanoUsd: number;
  readonly surchargeNanoUsd: number;
  /** The counts it billed, where it told them all. */
  readonly usage?: TokenUsage;
}

/** An exchange as it was, and as its bill made it. */
export interface Settled {
  readonly before: PricedExchange;
  readonly after: PricedExchange;
}

/**
 * Gives an exchange the cost that its label was billed, and the counts where the bill tells them. The responses of a
 * WebSocket share a label: the one that is not sure costs what the bill has beyond the others. Undefined, and nothing is
 * changed: there is nothing unsure under that label, or more than one, or the bill does not reach beyond the others.
 */
export function settleExchange(db: DatabaseSync, bill: Bill, { dryRun }: { readonly dryRun: boolean }) {
  return dryRun ? settledBy(bill, rowsUnder(db, bill.label)) : inTransaction(db, () => write(db, bill));
}

function write(db: DatabaseSync, bill: Bill): Settled | undefined {
  const rows = rowsUnder(db, bill.label);
  const settled = settledBy(bill, rows);
  const row = rows.find(({ id }) => id === settled?.before.id);
  if (!settled || !row) return undefined;
  const { cost: _cost, standing: _standing, possibleNanoUsd: _possible, ...record } = settled.after;
  createAmend(db)(amendable(row), settled.before, settled.after, JSON.stringify(record));
  return settled;
}

/** Ids of one label begin with it; a dot parts it from what tells its responses apart. */
function rowsUnder(db: DatabaseSync, label: string): SqlRow[] {
  return db
    .prepare("SELECT * FROM exchanges WHERE id = ? OR (id > ? || '.' AND id < ? || '/')")
    .all(label, label, label) as SqlRow[];
}

function settledBy(bill: Bill, rows: readonly SqlRow[]): Settled | undefined {
  const exchanges = rows.flatMap((row) => exchangeIn(row) ?? []);
  const [before, ...more] = exchanges.filter(isUnsure);
  if (!before?.labelled || more.length > 0 || exchanges.length < rows.length) return undefined;
  const others = exchanges.filter((exchange) => exchange !== before);
  const rest = (name: 'costNanoUsd' | 'surchargeNanoUsd') =>
    others.reduce((left, { cost }) => left - (cost?.[name] ?? 0), bill[name]);
  const cost = { costNanoUsd: rest('costNanoUsd'), surchargeNanoUsd: rest('surchargeNanoUsd') };
  if (others.length > 0 && (cost.costNanoUsd <= 0 || cost.surchargeNanoUsd < 0)) return undefined;
  const isTold = bill.usage !== undefined && others.length === 0;
  const counts = isTold ? { usage: { ...before.usage, ...bill.usage }, usageStanding: 'billed' as const } : {};
  return { before, after: { ...before, ...counts, cost, possibleNanoUsd: undefined, standing: 'billed' } };
}

function amendable(row: SqlRow): AmendableRow {
  return { seq: Number(row.seq), standing: String(row.standing) as Standing };
}
