import type { PricedExchange, UsageGroup, UsageTotals } from '../../shared/usage.js';
import type { Line } from './line.js';
import type { UnderWay } from './under-way.js';

/** Everything that the screen shows at one moment. */
export interface DashboardModel {
  readonly version: string;
  readonly url: string;
  readonly insecure: boolean;
  readonly projectId: string;
  readonly upstreamTokenSource: string;
  readonly localKeySource: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** What else a person should know, such as that this is a demo, a sentence each. */
  readonly remarks: readonly string[];
  readonly shell: string;
  /** The variables for a shell, with the local key masked. */
  readonly setup: readonly string[];
  readonly totals: UsageTotals;
  readonly models: readonly UsageGroup[];
  readonly latest: readonly PricedExchange[];
  /** The latest first. */
  readonly underWay: readonly UnderWay[];
  /** The last thing that went wrong apart from the exchanges, and how many have. */
  readonly problem: { readonly at: number; readonly message: string; readonly count: number } | undefined;
  /** What the last key did. */
  readonly notice: Line | undefined;
  /** Undefined while it runs; while it stops, how many seconds it waits for exchanges in flight. */
  readonly draining: number | undefined;
  /** Whether keys can be pressed. */
  readonly hasKeys: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}
