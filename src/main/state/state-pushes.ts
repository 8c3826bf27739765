import type { AppState } from '../../shared/ipc.js';
import type { Push } from '../ipc/push.js';
import type { Signal } from '../signal.js';

export interface StatePushesOptions<Page extends object> {
  readonly changes: Pick<Signal, 'on'>;
  /** Of all windows, hidden ones too, so that they open as they are. */
  readonly allPages: () => readonly Page[];
  readonly stateFor: (page: Page) => AppState;
  readonly push: Push<Page>;
}

/**
 * Tells each window what has changed: once for all that changes in one turn, and only where its state differs from what
 * it was told last.
 */
export function registerStatePushes<Page extends object>(options: StatePushesOptions<Page>): void {
  const { changes, allPages, stateFor, push } = options;
  const last = new WeakMap<Page, string>();
  let isDue = false;

  function send(): void {
    isDue = false;
    for (const page of allPages()) {
      const state = stateFor(page);
      const text = JSON.stringify(state);
      if (last.get(page) === text) continue;
      last.set(page, text);
      push(page, 'push:state', state);
    }
  }

  changes.on(() => {
    if (!isDue) setImmediate(send);
    isDue = true;
  });
}
