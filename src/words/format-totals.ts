import { hasTokens, isCostKnown } from '../shared/totals.js';
import type { UsageTotals } from '../shared/usage.js';
import { formatMoney, formatTokens } from './format.js';
import { t } from './index.js';

/** Sums as people read them: what is unknown is never $0, and what is incomplete says so. */

/** Two digits below a dollar too, with `cents`. */
interface SumOptions {
  readonly cents?: boolean;
}

/** A sum in which nothing is known is unknown; one in which something is missing is "at least". */
export function sumText(totals: UsageTotals, nanoUsd: number, { cents }: SumOptions = {}): string {
  const { partial, unpriced, unmetered } = totals.standings;
  if (!isCostKnown(totals)) {
    if (unpriced > 0) return t('totals.unpriced');
    return t(unmetered > 0 ? 'totals.unmetered' : 'totals.refused');
  }
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
