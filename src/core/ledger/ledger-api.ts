import type {
  ExchangeRecord,
  PricedExchange,
  UsageDimension,
  UsageGroup,
  UsagePoint,
  UsageQuery,
  UsageTotals,
} from '../../shared/usage.js';

export interface LatestQuery extends UsageQuery {
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
  /** Takes a record at once and writes it within a second. Never throws. */
  append(record: ExchangeRecord): void;
  /** Resolves when everything appended so far is on disk, or could not be written and is told as a problem. */
  flush(): Promise<void>;
  totals(query: UsageQuery): Promise<UsageTotals>;
  breakdown(query: UsageQuery & { by: UsageDimension }): Promise<UsageGroup[]>;
  series(query: SeriesQuery): Promise<UsagePoint[]>;
  latest(query: LatestQuery): Promise<PricedExchange[]>;
  /** Called with each batch once it is priced and written. Returns its unsubscribe. */
  onAppended(listener: (records: readonly PricedExchange[]) => void): () => void;
  /** Writes what is left and closes. */
  close(): Promise<void>;
}
