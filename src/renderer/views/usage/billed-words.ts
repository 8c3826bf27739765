import type { Period } from '../../../shared/ipc.js';
import { NANO_PER_USD } from '../../../shared/money.js';
import type { ReconciledUsage, Reconciliation } from '../../../shared/reconciliation.js';
import { sumsOf } from '../../../shared/reconciliation-sums.js';
import { formatDate, formatUsd, UNKNOWN } from '../../../words/format.js';
import { t } from '../../../words/index.js';

/** MeshAgent's own figures beside the estimates, in words. */

/** Nobody asks about half a cent. */
const SAME_NANO_USD = 5_000_000;
/** Amounts below a cent have four digits. */
const CENT_NANO_USD = 10_000_000;

export const BILLED_PERIODS = ['24h', '7d', '30d'] as const satisfies readonly Period[];
export type BilledPeriod = (typeof BILLED_PERIODS)[number];

/** "MeshAgent billed $6.31 since Sep 21, $0.03 more than estimated"; the service's days are those of UTC. */
export function billedWords({ rows, since }: Pick<Reconciliation, 'rows' | 'since'>): string {
  const { billedNanoUsd, differenceNanoUsd } = sumsOf(rows);
  const day = dayWords(since);
  if (billedNanoUsd === undefined) return t('app.usage.billed.none', { day });
  const amount = moneyWords(billedNanoUsd);
  if (differenceNanoUsd === undefined) return t('app.usage.billed.unknown', { amount, day });
  if (Math.abs(differenceNanoUsd) < SAME_NANO_USD) return t('app.usage.billed.same', { amount, day });
  const difference = moneyWords(Math.abs(differenceNanoUsd));
  return t(differenceNanoUsd > 0 ? 'app.usage.billed.more' : 'app.usage.billed.less', { amount, day, difference });
}

/** "Sep 21" for a day of UTC, given as its start in Unix milliseconds or as YYYY-MM-DD. */
export function dayWords(day: number | string): string {
  return formatDate(new Date(day).getTime(), { month: 'short', day: 'numeric', timeZone: 'UTC' });
}

/** $6.31, $0.0041, a dash for what is not known. */
export function moneyWords(nanoUsd: number | undefined): string {
  if (nanoUsd === undefined) return UNKNOWN;
  const size = Math.abs(nanoUsd);
  if (size === 0 || size >= CENT_NANO_USD) return formatUsd(nanoUsd / NANO_PER_USD);
  const text = size < 100_000 ? `<${formatUsd(0.0001, 4)}` : formatUsd(size / NANO_PER_USD, 4);
  return `${nanoUsd < 0 ? '-' : ''}${text}`;
}

/** "≥$0.12" where the estimate is known to lack something. */
export function estimateWords({ estimateNanoUsd, atLeast }: ReconciledUsage): string {
  const text = moneyWords(estimateNanoUsd);
  return estimateNanoUsd !== undefined && atLeast ? `≥${text}` : text;
}

/** "+$0.02", "-$0.02", "none"; a dash where one side is not known. */
export function differenceWords({ differenceNanoUsd, reasons }: ReconciledUsage): string {
  if (differenceNanoUsd !== undefined && reasons.length === 0 && Math.abs(differenceNanoUsd) <= 1000)
    return t('app.usage.noneOfIt');
  const text = moneyWords(differenceNanoUsd);
  return differenceNanoUsd !== undefined && differenceNanoUsd > 0 ? `+${text}` : text;
}

/** "Answers that were cut, requests under way"; empty where the two agree. */
export function reasonWords({ reasons }: ReconciledUsage): string {
  const text = reasons.map((reason) => t(`billed.reason.${reason}`)).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
