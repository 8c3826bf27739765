import type { ProviderName } from './providers.js';

/** What was estimated beside what MeshAgent says it billed: plain values for every shell. */

/**
 * Why the two differ, as far as that is known.
 * unpriced, partial, unmetered: exchanges of which less is known than was billed.
 * other_machines: more tokens were billed than passed here.
 * running: exchanges that have not ended yet.
 * not_billed_yet: today's, which the service may still be adding up.
 * prices: the tokens agree, so the price list and the service's prices differ.
 */
const DIFFERENCE_REASONS = [
  'unpriced',
  'partial',
  'unmetered',
  'other_machines',
  'running',
  'not_billed_yet',
  'prices',
] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** One model on one day; money in nano-USD with the surcharge in it, undefined where nothing is known. */
export interface ReconciledUsage {
  /** YYYY-MM-DD in UTC, which is how the service parts days; undefined: it did not part them. */
  readonly day: string | undefined;
  readonly providerName: ProviderName | undefined;
  /** Without the date of a snapshot, so that both sides call it the same. */
  readonly model: string;
  /** Exchanges in this machine's ledger. */
  readonly exchanges: number;
  readonly estimateNanoUsd: number | undefined;
  /** The estimate lacks something of exchanges that passed here: unpriced, cut, or without reported usage. */
  readonly atLeast: boolean;
  readonly billedNanoUsd: number | undefined;
  /** Billed less estimate; undefined where one of them is. */
  readonly differenceNanoUsd: number | undefined;
  /** Empty where the two agree. */
  readonly reasons: readonly DifferenceReason[];
}

export interface Reconciliation {
  /** Unix milliseconds: whole days of UTC, the last one as far as it has gone. */
  readonly since: number;
  readonly until: number;
  /** When the service was asked, Unix milliseconds. */
  readonly billedAt: number;
  /** By day, and within a day the dearest first. */
  readonly rows: readonly ReconciledUsage[];
}
