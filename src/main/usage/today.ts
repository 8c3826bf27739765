import type { Ledger } from '../../ledger/ledger-api.js';
import { localDayStart } from '../../shared/calendar.js';
import { addExchanges } from '../../shared/totals.js';
import type { PricedExchange, UsageTotals } from '../../shared/usage.js';

export interface Today {
  /** Exchanges that began since midnight, local time; undefined until the ledger has told. */
  readonly totals: UsageTotals | undefined;
  onChange(listener: () => void): () => void;
  add(records: readonly PricedExchange[]): void;
  /** Asks the ledger: at the start, at midnight, after a sleep, with another ledger. Never rejects. */
  refresh(): Promise<void>;
  close(): void;
}

/**
 * The day's sums, asked for once and then added up: a query for each push would read the whole day ten times a second.
 * The ledger answers in the order it wrote, so what it tells of after its answer is not in that answer.
 */
export function createToday(ledger: () => Ledger, now: () => number = Date.now): Today {
  const listeners = new Set<() => void>();
  let midnight = localDayStart(now());
  let totals: UsageTotals | undefined;
  /** Whose sums they are. */
  let owner: Ledger | undefined;
  let timer: NodeJS.Timeout | undefined;

  function set(next: UsageTotals | undefined): void {
    if (next === totals) return;
    totals = next;
    for (const listener of listeners) listener();
  }

  /** The day has changed: what is known of the new one is what the ledger says. */
  function turnPage(): boolean {
    const today = localDayStart(now());
    if (today === midnight) return false;
    midnight = today;
    set(undefined);
    return true;
  }

  function wakeAtMidnight(): void {
    clearTimeout(timer);
    const date = new Date(midnight);
    const next = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
    timer = setTimeout(() => void refresh(), Math.max(next - now(), 0) + 1000);
    timer.unref();
  }

  async function refresh(): Promise<void> {
    turnPage();
    wakeAtMidnight();
    const since = midnight;
    const asked = ledger();
    if (owner !== asked) set(undefined);
    owner = asked;
    const answer = await asked.totals({ since }).catch(() => undefined);
    if (answer && since === midnight && asked === ledger()) set(answer);
  }

  return {
    get totals() {
      return totals;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(records) {
      // Until the ledger has answered, for the new day too, these would be counted by themselves.
      if (turnPage() || totals === undefined) {
        void refresh();
        return;
      }
      const ofToday = records.filter(({ startedAt }) => startedAt >= midnight);
      if (ofToday.length > 0) set(addExchanges(totals, ofToday));
    },
    refresh,
    close: () => clearTimeout(timer),
  };
}
