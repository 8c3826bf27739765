import type { Store } from './store.js';

/**
 * Asks as `ask` does, but once for all who ask the same in the same moment, as parts of a view do when it opens. Whoever
 * asks later has a reason to, and is answered again.
 */
export function createAskTogether(ask: Store['ask']): Store['ask'] {
  const begun = new Map<string, ReturnType<typeof ask>>();
  return (name, input) => {
    const key = JSON.stringify([name, input]);
    const shared = begun.get(key) as ReturnType<typeof ask<typeof name>> | undefined;
    if (shared) return shared;
    const asked = ask(name, input);
    begun.set(key, asked);
    queueMicrotask(() => begun.delete(key));
    return asked;
  };
}
