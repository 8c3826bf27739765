import type { Ledger } from '../ledger/ledger-api.js';
import { addExchanges, addToModels, EMPTY_TOTALS, modelOf, replaceExchange } from '../shared/totals.js';
import type { PricedExchange, UsageGroup, UsageTotals } from '../shared/usage.js';

/** What has passed through this proxy since it started. */
export interface SessionUsage {
  readonly totals: UsageTotals;
  readonly models: readonly UsageGroup[];
  /** The last exchanges to end, newest first. */
  readonly latest: readonly PricedExchange[];
  /** From now on `latest` stays empty: what is kept for long costs garbage collection. */
  forgetLatest(): void;
  /** Calls back after each batch, and with an empty one when a bill has changed the sums. Returns its unsubscribe. */
  onRecords(listener: (records: readonly PricedExchange[]) => void): () => void;
}

/** More than any terminal has rows. */
const MAX_LATEST = 300;

/** Call it before the proxy listens, so that nothing is missed. */
export function watchUsage(ledger: Pick<Ledger, 'onAppended' | 'onSettled'>): SessionUsage {
  const begunAt = Date.now();
  let totals = EMPTY_TOTALS;
  let models: UsageGroup[] = [];
  let latest: PricedExchange[] = [];
  let maxLatest = MAX_LATEST;
  const listeners = new Set<(records: readonly PricedExchange[]) => void>();
  ledger.onAppended((records) => {
    totals = addExchanges(totals, records);
    models = addToModels(models, records);
    if (maxLatest > 0) latest = [...records.toReversed(), ...latest].slice(0, maxLatest);
    for (const listener of listeners) listener(records);
  });
  ledger.onSettled((settled) => {
    const { before, after } = settled;
    // An exchange of an earlier start is in none of these sums.
    if (before.startedAt < begunAt) return;
    totals = replaceExchange(totals, settled);
    models = models.map((group) => (isOf(group, before) ? replaceExchange(group, settled) : group));
    latest = latest.map((record) => (record.id === after.id ? after : record));
    for (const listener of listeners) listener([]);
  });
  return {
    get totals() {
      return totals;
    },
    get models() {
      return models;
    },
    get latest() {
      return latest;
    },
    forgetLatest() {
      latest = [];
      maxLatest = 0;
    },
    onRecords(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isOf({ key, providerName }: UsageGroup, exchange: PricedExchange): boolean {
  return key === modelOf(exchange) && providerName === exchange.providerName;
}
