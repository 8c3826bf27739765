/** That something has changed, for whoever wants to know; what it is now, they read for themselves. */
export interface Signal {
  emit(): void;
  /** Returns its unsubscribe. */
  on(listener: () => void): () => void;
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    emit() {
      for (const listener of listeners) listener();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
