import type { UsagePush } from '../shared/ipc.js';
import type { PricedExchange } from '../shared/usage.js';
import type { Engine } from './engine.js';

/** At most ten pushes a second, however much passes. */
const PUSH_MS = 100;

/** Gathers what passes and gives it to `push`, unless nobody looks. */
export function registerUsagePushes(engine: Engine, push: (value: UsagePush) => void, isWatched: () => boolean): void {
  let ended: PricedExchange[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function send(): Promise<void> {
    timer = undefined;
    if (!isWatched()) {
      // Whoever looks again asks for the whole.
      ended = [];
      return;
    }
    const records = ended;
    ended = [];
    push({ ...(await usageNow(engine)), ended: records });
  }

  function schedule(): void {
    if (timer === undefined) timer = setTimeout(() => void send(), PUSH_MS);
  }
  engine.onActivity(schedule);
  engine.onAppended((records) => {
    ended.push(...records);
    schedule();
  });
}

export async function usageNow({ core }: Engine): Promise<UsagePush> {
  const midnight = new Date().setHours(0, 0, 0, 0);
  return { ended: [], active: core.active, today: await core.ledger.totals({ since: midnight }) };
}
