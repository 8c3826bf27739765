import type { Period } from '../../../shared/ipc.js';
import type { BilledUsage } from '../../../shared/session.js';
import type { UsageTotals } from '../../../shared/usage.js';
import { formatUsd } from '../session/session-words.js';
import { missingText } from './amounts.js';
import { amountOf } from './chart-data.js';

/** MeshAgent's own figure beside the estimate. Pure. */

/** Below half a cent nobody asks why. */
const SAME_USD = 0.005;

export const BILLED_PERIODS = ['24h', '7d', '30d'] as const satisfies readonly Period[];
export type BilledPeriod = (typeof BILLED_PERIODS)[number];

/** "MeshAgent billed $6.31 over the same days, $0.03 more than estimated." */
export function billedWords(
  rows: readonly Pick<BilledUsage, 'totalUsd'>[],
  period: BilledPeriod,
  estimate: UsageTotals,
): string {
  const billed = rows.reduce((sum, { totalUsd }) => sum + totalUsd, 0);
  const over = period === '24h' ? 'the same 24 hours' : 'the same days';
  const difference = billed - amountOf('cost', estimate) / 1e9;
  if (Math.abs(difference) < SAME_USD) return `MeshAgent billed ${formatUsd(billed)} over ${over}, as estimated.`;
  const missing = difference > 0 && missingText(estimate);
  const how = `${formatUsd(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'} than estimated`;
  return `MeshAgent billed ${formatUsd(billed)} over ${over}, ${how}${missing ? ` (${missing})` : ''}.`;
}
