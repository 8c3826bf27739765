import { modelOf } from '../core/ledger/snapshot.js';
import { formatClock, formatDuration, formatMoney, formatTokens } from '../shared/format.js';
import type { PricedExchange, UsageTotals } from '../shared/usage.js';

/** One exchange on one line, for people and for grep. */
export function exchangeLine(record: PricedExchange): string {
  const { usage } = record;
  const parts = [
    formatClock(record.startedAt),
    record.tool,
    `${record.method} ${record.path}`,
    `${record.status ?? '---'} ${record.outcome}`,
    modelOf(record),
    `in ${formatTokens(usage?.inputTokens)}`,
    `cached ${formatTokens(usage?.cacheReadInputTokens)}`,
    `out ${formatTokens(usage?.outputTokens)}`,
    `first ${formatDuration(record.timeToFirstChunkMs)}`,
    formatDuration(record.durationMs),
    costText(record),
  ];
  if (record.errorType) parts.push(`${record.errorType}${record.errorReason ? `: ${record.errorReason}` : ''}`);
  return parts.join('  ');
}

/** A cost with its standing: unknown is never $0. */
export function costText(record: PricedExchange): string {
  if (record.standing === 'unpriced' || record.standing === 'unmetered') return record.standing;
  const cost = record.cost ? record.cost.costNanoUsd + record.cost.surchargeNanoUsd : undefined;
  return formatMoney(cost, { atLeast: record.standing === 'partial' });
}

export function totalsLine(totals: UsageTotals): string {
  const { standings } = totals;
  const parts = [
    `${totals.exchanges} requests`,
    `${totals.failed} failed`,
    `${totals.interrupted} interrupted`,
    `in ${formatTokens(totals.inputTokens)} (cached ${formatTokens(totals.cacheReadInputTokens)})`,
    `out ${formatTokens(totals.outputTokens)}`,
    `cost ${formatMoney(totals.costNanoUsd)} + surcharge ${formatMoney(totals.surchargeNanoUsd)} = ${formatMoney(totals.costNanoUsd + totals.surchargeNanoUsd, { atLeast: standings.partial + standings.unpriced + standings.unmetered > 0 })}`,
  ];
  for (const standing of ['partial', 'unpriced', 'unmetered'] as const) {
    if (standings[standing] > 0) parts.push(`${standings[standing]} ${standing}`);
  }
  return parts.join(' · ');
}
