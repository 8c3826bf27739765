import type { UsagePush } from '../../shared/ipc.js';
import type { PricedExchange } from '../../shared/usage.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Today } from '../usage/today.js';

/** At most ten pushes a second, however much passes. */
const PUSH_MS = 100;

export interface UsagePushesOptions {
  readonly engine: AppEngine;
  readonly today: Today;
  readonly push: (value: UsagePush) => void;
  /** Whether anybody looks: nothing is gathered and no timer runs otherwise. */
  readonly isWatched: () => boolean;
}

/**
 * Gathers what passes and pushes it. Gives what to call when somebody begins to look: what ended meanwhile is not told
 * again, whoever looks again asks for the whole.
 */
export function registerUsagePushes({ engine, today, push, isWatched }: UsagePushesOptions): () => void {
  let ended: PricedExchange[] = [];
  let timer: NodeJS.Timeout | undefined;

  function send(): void {
    timer = undefined;
    const records = ended;
    ended = [];
    if (isWatched()) push({ ...usageNow(engine, today), ended: records });
  }

  function schedule(): void {
    if (timer === undefined && isWatched()) timer = setTimeout(send, PUSH_MS);
  }
  engine.onActivity(schedule);
  engine.onAppended((records) => {
    if (isWatched()) ended.push(...records);
    schedule();
  });
  today.onChange(schedule);
  return schedule;
}

export function usageNow({ current }: AppEngine, today: Today): UsagePush {
  return { ended: [], active: current.active, today: today.totals };
}
