import type { UsageTotals } from '../shared/usage.js';
import type { Engine } from './engine.js';
import { createBusy } from './tray-busy.js';

/** What icon and menu show of the traffic. */
export interface TrayFigures {
  readonly isBusy: boolean;
  /** Since midnight, local time; undefined until the ledger has answered. */
  readonly today: UsageTotals | undefined;
  close(): void;
}

/** Long enough for an eye to see that something happened. */
const BUSY_HOLD_MS = 300;
/** How often today's figures are summed at most. */
const SUM_MS = 1000;

/** Follows the engine; `onChange` is called when one of the figures has changed, at once or within a second. */
export function createTrayFigures(engine: Engine, onChange: () => void): TrayFigures {
  const busy = createBusy(BUSY_HOLD_MS, onChange);
  let today: UsageTotals | undefined;
  let timer: NodeJS.Timeout | undefined;
  let midnightTimer: NodeJS.Timeout | undefined;
  let closed = false;

  async function sum(): Promise<void> {
    timer = undefined;
    const { core } = engine;
    try {
      const answer = await core.ledger.totals({ since: new Date().setHours(0, 0, 0, 0) });
      // The demo may have been left meanwhile: then its figures are not ours.
      if (core === engine.core) today = answer;
    } catch {
      // Whoever keeps the ledger tells what is wrong with it.
      today = undefined;
    }
    if (!closed) onChange();
  }
  function schedule(delayMs: number): void {
    timer ??= setTimeout(() => void sum(), delayMs);
  }
  function awaitMidnight(): void {
    const now = new Date();
    const midnight = new Date(now).setHours(24, 0, 0, 0);
    midnightTimer = setTimeout(() => {
      schedule(0);
      awaitMidnight();
    }, midnight - now.getTime());
  }

  const unsubscribes = [
    engine.onActivity(() => busy.set(engine.core.active.length)),
    engine.onAppended(() => schedule(SUM_MS)),
    engine.onChange(() => {
      busy.set(engine.core.active.length);
      schedule(SUM_MS);
    }),
  ];
  schedule(0);
  awaitMidnight();
  return {
    get isBusy() {
      return busy.isBusy;
    },
    get today() {
      return today;
    },
    close() {
      closed = true;
      for (const unsubscribe of unsubscribes) unsubscribe();
      busy.close();
      clearTimeout(timer);
      clearTimeout(midnightTimer);
    },
  };
}
