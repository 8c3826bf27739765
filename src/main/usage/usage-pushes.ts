import type { UsagePush } from '../../shared/ipc.js';
import type { PricedExchange } from '../../shared/usage.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { Push } from '../ipc/push.js';
import type { Today } from './today.js';

/** At most ten pushes a second, however much passes. */
const PUSH_MS = 100;

export interface UsagePushesOptions<Page> {
  readonly engine: AppEngine;
  readonly today: Today;
  /** Of the windows that are shown. Where there is none, nothing is gathered and no timer runs. */
  readonly visiblePages: () => readonly Page[];
  readonly push: Push<Page>;
  /** Calls back each time a window is shown. */
  readonly onWindowShown: (listener: () => void) => void;
}

/**
 * Gathers what passes and pushes it while somebody looks. What ended while nobody did is not pushed later: whoever looks
 * again asks for the whole.
 */
export function registerUsagePushes<Page>(options: UsagePushesOptions<Page>): void {
  const { engine, today, visiblePages, push, onWindowShown } = options;
  const isWatched = () => visiblePages().length > 0;
  let ended: PricedExchange[] = [];
  let timer: NodeJS.Timeout | undefined;

  function send(): void {
    timer = undefined;
    const records = ended;
    ended = [];
    if (!isWatched()) return;
    const value = { ...usageNow(engine, today), ended: records };
    for (const page of visiblePages()) push(page, 'push:usage', value);
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
  onWindowShown(schedule);
}

export function usageNow({ current }: AppEngine, today: Today): UsagePush {
  return { ended: [], active: current.active, today: today.totals };
}
