import { formatMoney, formatTokens } from './format.js';
import type { UsageTotals } from './usage.js';

/** Sums as people read them: what is unknown is never $0, and what is incomplete says so. Pure. */

/** Two digits stand below a dollar too, with `cents`. */
interface SumOptions {
  readonly cents?: boolean;
}

/** A sum in which nothing is known is unknown; one in which something is missing is "at least". */
export function sumText(totals: UsageTotals, nanoUsd: number, { cents }: SumOptions = {}): string {
  const { partial, unpriced, unmetered, measured, billed } = totals.standings;
  if (measured + partial + billed === 0 && unpriced + unmetered > 0) return unpriced > 0 ? 'unpriced' : 'unmetered';
  return formatMoney(nanoUsd, { atLeast: partial + unpriced + unmetered > 0, cents });
}

/** What a sum cost, MeshAgent's surcharge included: what a person pays, as far as it is known. */
export function costText(totals: UsageTotals, options: SumOptions = {}): string {
  return sumText(totals, totals.costNanoUsd + totals.surchargeNanoUsd, options);
}

/** Tokens of a sum: nothing reported is unknown, not none. */
export function tokensText(totals: UsageTotals, tokens: number): string {
  return formatTokens(hasTokens(totals) ? tokens : undefined);
}

/** Whether somebody told tokens of what is summed. A bill need not. */
export function hasTokens({ standings, inputTokens, outputTokens }: UsageTotals): boolean {
  const { measured, partial, unpriced } = standings;
  return measured + partial + unpriced > 0 || inputTokens + outputTokens > 0;
}
