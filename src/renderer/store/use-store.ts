import { useSyncExternalStore } from 'react';
import { bridge } from '../bridge.js';
import { createStore, type StoreState } from './store.js';

/** The one store of this window. */
export const store = createStore(bridge);

/** A part of the state; the component is rendered again only when that part is another value. */
export function useStore<T>(select: (state: StoreState) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.state));
}
