import type { Shell } from '../shared/env-block.js';
import type { StartedProxy } from './start-proxy.js';

/** Shows a running proxy to the person at the terminal: as lines, or as the dashboard. */
export interface TerminalView {
  /** Shows what went wrong apart from the exchanges; the text holds no secret. */
  problem(message: string): void;
  /** Says that stopping has begun, and waits for exchanges in flight. */
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
