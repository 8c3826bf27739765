import type { AppEngine } from '../engine/app-engine.js';
import type { FirstRequestWatch } from './first-request.js';
import type { Today } from './today.js';

export interface UsageOptions {
  readonly engine: AppEngine;
  readonly today: Pick<Today, 'add' | 'refresh'>;
  readonly firstRequest: Pick<FirstRequestWatch, 'onActive' | 'onEnded'>;
}

/** Keeps the day's sums, and the first request after a copy, as the traffic has them. */
export function registerUsage({ engine, today, firstRequest }: UsageOptions): void {
  let ledger = engine.current.ledger;
  engine.onActivity(() => firstRequest.onActive(() => engine.current.active));
  engine.onAppended((records) => {
    today.add(records);
    firstRequest.onEnded(records);
  });
  // A bill changes what was summed already.
  engine.onSettled(() => void today.refresh());
  engine.onChange(() => {
    if (ledger === engine.current.ledger) return;
    ledger = engine.current.ledger;
    void today.refresh();
  });
  void today.refresh();
}
