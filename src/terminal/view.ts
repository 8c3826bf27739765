import type { Shell } from '../shared/env-block.js';
import type { StartedProxy } from './start-proxy.js';

/** What shows a running proxy to the person at the terminal: lines, or the dashboard. */
export interface ProxyView {
  /** Something went wrong beside the exchanges; the text holds no secret. */
  problem(message: string): void;
  /** Stopping has begun, and waits for exchanges in flight. */
  stopping(): void;
  /** Gives the terminal back. */
  close(): Promise<void>;
}

export interface ViewOptions {
  readonly started: StartedProxy;
  readonly shell: Shell;
  /** How long stopping waits, seconds. */
  readonly drain: number;
}
