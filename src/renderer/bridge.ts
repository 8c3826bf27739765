import type { Bridge } from '../shared/ipc.js';

declare global {
  interface Window {
    readonly meshbar: Bridge;
  }
}

/** The one way out of this window. */
export const bridge: Bridge = window.meshbar;
