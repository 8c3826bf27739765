import type { PricedExchange, UsageGroup, UsageTotals } from '../../shared/usage.js';
import type { Line } from './line.js';
import type { UnderWay } from './under-way.js';

/** All that the screen shows, at one moment. */
export interface DashboardModel {
  readonly version: string;
  readonly url: string;
  readonly insecure: boolean;
  readonly projectId: string;
  readonly upstreamTokenSource: string;
  readonly localKeySource: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Sentences to know besides, such as that this is a demo. */
  readonly remarks: readonly string[];
  readonly shell: string;
  /** The exports, with the local key masked. */
  readonly setup: readonly string[];
  readonly totals: UsageTotals;
  readonly models: readonly UsageGroup[];
  readonly latest: readonly PricedExchange[];
  /** The latest first. */
  readonly underWay: readonly UnderWay[];
  /** What went wrong last beside the exchanges, and how often something has. */
  readonly problem: { readonly at: number; readonly message: string; readonly count: number } | undefined;
  /** What the last key did. */
  readonly notice: Line | undefined;
  /** Undefined while it runs; else how long it waits for exchanges in flight, in seconds. */
  readonly draining: number | undefined;
  /** Whether keys can be pressed. */
  readonly hasKeys: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}
