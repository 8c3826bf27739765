import type { Ledger } from '../core/ledger/ledger-api.js';
import { addExchanges, addToModels, EMPTY_TOTALS } from '../core/ledger/snapshot.js';
import type { PricedExchange, UsageGroup, UsageTotals } from '../shared/usage.js';

/** What has passed since this proxy started. */
export interface SessionUsage {
  readonly totals: UsageTotals;
  readonly models: readonly UsageGroup[];
  /** The last exchanges to end, newest first. */
  readonly latest: readonly PricedExchange[];
  /** Called after each batch has been added. Returns its unsubscribe. */
  onRecords(listener: (records: readonly PricedExchange[]) => void): () => void;
}

/** No terminal has more rows. */
const MAX_LATEST = 300;

/** To be called before the proxy listens, so that nothing is missed. */
export function watchUsage(ledger: Ledger): SessionUsage {
  let totals = EMPTY_TOTALS;
  let models: UsageGroup[] = [];
  let latest: PricedExchange[] = [];
  const listeners = new Set<(records: readonly PricedExchange[]) => void>();
  ledger.onAppended((records) => {
    totals = addExchanges(totals, records);
    models = addToModels(models, records);
    latest = [...records.toReversed(), ...latest].slice(0, MAX_LATEST);
    for (const listener of listeners) listener(records);
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
    onRecords(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
