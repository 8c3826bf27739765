import { expect, test } from 'vitest';
import { createStore } from '../../../src/renderer/store/store.js';
import type { Bridge, Pushes } from '../../../src/shared/ipc.js';
import { EMPTY_TOTALS } from '../../../src/shared/totals.js';
import { appState } from '../../helpers/app-state.js';

/** A store, and what pushes to it as main does: each time a copy. */
function given() {
  const listeners = new Map<string, (value: unknown) => void>();
  const store = createStore({
    request: async () => ({ ok: true, value: undefined }),
    on(name: string, listener: (value: unknown) => void) {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  } as unknown as Bridge);
  store.connect();
  const push = <Name extends keyof Pushes>(name: Name, value: Pushes[Name]) =>
    listeners.get(name)?.(structuredClone(value));
  return { store, push };
}

test('parts of which a push says the same stay the same', () => {
  const { store, push } = given();
  const usage = { ended: [], active: [], today: EMPTY_TOTALS };
  push('push:usage', usage);
  const before = store.state.usage;
  push('push:usage', { ...usage, today: { ...EMPTY_TOTALS, exchanges: 1 } });
  expect(store.state.usage?.active).toBe(before?.active);
  expect(store.state.usage?.today).toEqual({ ...EMPTY_TOTALS, exchanges: 1 });

  const app = { ...appState(), window: 'popover' } as const;
  push('push:state', app);
  const { session, settings } = store.state.app ?? {};
  push('push:state', { ...app, settings: { ...app.settings, theme: 'dark' } });
  expect(store.state.app?.session).toBe(session);
  expect(store.state.app?.settings).not.toBe(settings);
  expect(store.state.app?.settings.theme).toBe('dark');
});
