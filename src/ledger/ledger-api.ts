import type {
  ExchangeRecord,
  Outcome,
  PricedExchange,
  UsageDimension,
  UsageGroup,
  UsagePoint,
  UsageQuery,
  UsageTotals,
} from '../shared/usage.js';
import type { Repriced } from './reprice.js';
import type { Retention } from './retention.js';
import type { Bill, Settled } from './settle.js';
import type { UnsureQuery } from './unsure.js';

export interface LatestQuery extends UsageQuery {
  readonly outcome?: Outcome;
  /** At most this many, newest first. */
  readonly limit: number;
}

export interface SeriesQuery extends UsageQuery {
  readonly by: Exclude<UsageDimension, 'day'>;
  /** Whole multiple of 15 minutes, or 'day' for the local calendar's days. */
  readonly bucketMs: number | 'day';
}

export interface LedgerStatus {
  readonly path: string;
  /** Where a damaged file was put when a new one was begun. */
  readonly setAside?: string;
}

/** Appends records off the hot path, prices them, and answers queries without stalling the event loop. */
export interface Ledger {
  readonly status: LedgerStatus;
  /** To be called when an exchange begins, so that the ledger's thread is there when it ends. Never throws. */
  expect(): void;
  /** Takes a record at once and writes it within a second. Never throws. */
  append(record: ExchangeRecord): void;
  /** How many records have been appended and are not written yet. */
  readonly unwritten: number;
  /** Resolves when everything appended so far is on disk, or could not be written and is told as a problem. */
  flush(): Promise<void>;
  totals(query: UsageQuery): Promise<UsageTotals>;
  breakdown(query: UsageQuery & { by: UsageDimension }): Promise<UsageGroup[]>;
  series(query: SeriesQuery): Promise<UsagePoint[]>;
  latest(query: LatestQuery): Promise<PricedExchange[]>;
  /** Labelled exchanges whose cost is not sure, oldest first. */
  unsure(query: UnsureQuery): Promise<PricedExchange[]>;
  /** Keeps records for this long from now on; resolves when those that are kept no longer are gone. */
  keep(retention: Retention): Promise<void>;
  /** Prices what comes from now on by the list that was fetched last. */
  reloadPrices(): Promise<void>;
  /** Prices the records that had no price by that list; with `dryRun` only says what that would come to. */
  reprice(options: { readonly dryRun: boolean }): Promise<Repriced>;
  /** Gives an exchange the cost that MeshAgent billed; undefined where the bill settles nothing (settleExchange). */
  settle(bill: Bill): Promise<Settled | undefined>;
  /** Called with each batch once it is priced and written. Returns its unsubscribe. */
  onAppended(listener: (records: readonly PricedExchange[]) => void): () => void;
  /** Called with each exchange that a bill has settled. Returns its unsubscribe. */
  onSettled(listener: (settled: Settled) => void): () => void;
  /** Writes what is left and closes. */
  close(): Promise<void>;
}
