import path from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { followOwnPrices } from '../pricing/follow-own-prices.js';
import { pricingOf } from '../pricing/pricing.js';
import { countExchange, createTotals, type MutableTotals } from '../shared/totals.js';
import type {
  ExchangeRecord,
  PricedExchange,
  Pricing,
  UsageDimension,
  UsageGroup,
  UsagePoint,
  UsageQuery,
  UsageTotals,
} from '../shared/usage.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import type { LatestQuery, SeriesQuery } from './ledger-api.js';
import { fileIdentity, isDamage, isRefusal, openLedgerFile, setFileAside } from './ledger-file.js';
import { createQueries, type Queries } from './queries.js';
import { type Repriced, repriceUnpriced } from './reprice.js';
import type { Retention } from './retention.js';
import { type Bill, type Settled, settleExchange } from './settle.js';
import { FIGURE_COLUMNS, figuresOf, ROLLUP_KEYS, ROW_COLUMNS, rollupKeyOf, rowOf } from './stored-columns.js';
import { inTransaction } from './transaction.js';
import type { UnsureQuery } from './unsure.js';
import { createUpkeep } from './upkeep.js';

/** The ledger's file and its statements. Synchronous: it lives in the ledger's own thread. */
export interface LedgerStore {
  /**
   * Prices and writes a batch in one transaction; gives what each record costs. What is there already stays. `texts` are
   * the records' JSON, where they have it: it is kept as it came.
   */
  append(records: readonly ExchangeRecord[], texts?: readonly string[]): Pricing[];
  totals(query: UsageQuery): UsageTotals;
  breakdown(query: UsageQuery & { by: UsageDimension }): UsageGroup[];
  series(query: SeriesQuery): UsagePoint[];
  latest(query: LatestQuery): PricedExchange[];
  /** Labelled exchanges whose cost is not sure, oldest first. */
  unsure(query: UnsureQuery): PricedExchange[];
  /** Prices the records that had no price with the list at hand (repriceUnpriced). */
  reprice(options: { readonly dryRun: boolean }): Repriced;
  /** Gives an exchange the cost that MeshAgent billed (settleExchange). */
  settle(bill: Bill, options: { readonly dryRun: boolean }): Settled | undefined;
  /** Does a small piece of what keeps the file in order; true if more is to be done. */
  tidy(retention: Retention): boolean;
  close(): void;
}

export interface StoreEvents {
  /** Told the damaged file's new name. */
  onSetAside(setAside: string): void;
  onProblem(problem: Statement): void;
}

/**
 * Opens the file (openLedgerFile) and keeps to it. Damage that only shows later, in the middle of a file, is treated as
 * at the start: the file is set aside, a new one begun, and what was being written is written there. So is a file that
 * was deleted or replaced under us, which would otherwise take records that nobody will ever see.
 */
export function openStore(file: string, { onSetAside, onProblem }: StoreEvents): LedgerStore {
  let opened = open();
  const ownPrices = followOwnPrices(path.join(path.dirname(file), 'own-prices.json'), onProblem);

  function open() {
    const { db, setAside } = openLedgerFile(file);
    if (setAside !== undefined) onSetAside(setAside);
    const write = createWriter(db);
    return { db, identity: fileIdentity(file), write, queries: createQueries(db), upkeep: createUpkeep(db) };
  }

  function leave(): void {
    closeQuietly(opened.db);
    // If the file can't be opened again now, the next call tries.
    opened = { ...opened, identity: undefined };
  }

  function withFile<T>(work: (current: typeof opened) => T): T {
    if (opened.identity === undefined || fileIdentity(file) !== opened.identity) {
      leave();
      opened = open();
    }
    try {
      return work(opened);
    } catch (error) {
      if (!isDamage(error)) throw error;
      const damaged = opened.identity;
      // Windows gives no other name to a file that is open.
      leave();
      // Unless another process has put it aside already.
      if (fileIdentity(file) === damaged) onSetAside(setFileAside(file));
      opened = open();
      return work(opened);
    }
  }

  const query = <K extends keyof Queries>(name: K) =>
    ((value: never) => withFile(({ queries }) => queries[name](value))) as Queries[K];

  return {
    append(records, texts = records.map((record) => JSON.stringify(record))) {
      ownPrices.look();
      const pricings = records.map(pricingOf);
      const refused = withFile(({ write }) => write({ records, texts, pricings }));
      if (refused > 0) onProblem(say('ledger.senseless', { count: refused }));
      return pricings;
    },
    totals: query('totals'),
    breakdown: query('breakdown'),
    series: query('series'),
    latest: query('latest'),
    unsure: query('unsure'),
    reprice(options) {
      ownPrices.look();
      return withFile(({ db }) => repriceUnpriced(db, (record) => ({ ...record, ...pricingOf(record) }), options));
    },
    settle: (bill, options) => withFile(({ db }) => settleExchange(db, bill, options)),
    tidy: (retention) => withFile(({ upkeep }) => upkeep.step(retention)),
    close: () => opened.db.close(),
  };
}

/** A file that is damaged or gone may not even close. */
function closeQuietly(db: DatabaseSync): void {
  try {
    db.close();
  } catch {}
}

/** Three lists of one length. */
interface Batch {
  readonly records: readonly ExchangeRecord[];
  readonly texts: readonly string[];
  readonly pricings: readonly Pricing[];
}

interface Rollup {
  readonly key: readonly SQLInputValue[];
  readonly totals: MutableTotals;
}

const ROLLUP_COLUMNS = ['bucket', ...ROLLUP_KEYS, ...FIGURE_COLUMNS];

/** Writes a batch whole or not at all, apart from records that can never be written: gives how many those were. */
function createWriter(db: DatabaseSync): (batch: Batch) => number {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO exchanges (${ROW_COLUMNS.join(', ')})
     VALUES (${ROW_COLUMNS.map(() => '?').join(', ')})`,
  );
  const rollUp = db.prepare(
    `INSERT INTO rollups (${ROLLUP_COLUMNS.join(', ')}) VALUES (${ROLLUP_COLUMNS.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${FIGURE_COLUMNS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );

  function writeAll({ records, texts, pricings }: Batch): number {
    const rollups = new Map<string, Rollup>();
    let refused = 0;
    records.forEach((record, i) => {
      const pricing = pricings[i] as Pricing;
      const row = rowOf(record, pricing, texts[i] as string);
      try {
        // It is in the file already.
        if (insert.run(...row).changes === 0) return;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // It would keep all others out for ever.
        refused += 1;
        return;
      }
      countExchange(rollupOf(rollups, row).totals, record, pricing);
    });
    for (const { key, totals } of rollups.values()) rollUp.run(...key, ...figuresOf(totals));
    return refused;
  }

  return (batch) => inTransaction(db, () => writeAll(batch));
}

/** The totals a record belongs to, begun where it is the first. */
function rollupOf(rollups: Map<string, Rollup>, row: readonly SQLInputValue[]): Rollup {
  const key = rollupKeyOf(row);
  const name = key.join('\n');
  let rollup = rollups.get(name);
  if (!rollup) {
    rollup = { key, totals: createTotals() };
    rollups.set(name, rollup);
  }
  return rollup;
}
