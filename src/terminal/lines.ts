import { redact } from '../files/secrets.js';
import { modelOf } from '../shared/totals.js';
import type { PricedExchange, UsageGroup, UsageTotals } from '../shared/usage.js';
import { formatClock, formatDuration, formatMoney, formatTokens } from '../words/format.js';
import { sumText, tokensText } from '../words/format-totals.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

/** One exchange on one line, for people and for grep. */
export function exchangeLine(record: PricedExchange): string {
  const { usage } = record;
  const parts = [
    formatClock(record.startedAt),
    record.tool,
    record.providerName,
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
  if (record.errorType) {
    parts.push(record.errorReason ? `${record.errorType}: ${redact(record.errorReason)}` : record.errorType);
  }
  if (record.sentTwice) parts.push('sent twice: may have been billed twice');
  return plainText(parts.join('  '));
}

/** A cost with its standing: unknown is never $0. */
export function costText(record: PricedExchange): string {
  if (record.standing === 'unpriced' || record.standing === 'unmetered') return record.standing;
  const cost = record.cost ? record.cost.costNanoUsd + record.cost.surchargeNanoUsd : undefined;
  return formatMoney(cost, { atLeast: record.standing === 'partial' });
}

/** What a sum leaves out: "1 unpriced · 2 unmetered"; empty where it is complete. */
export function gapsText({ standings }: UsageTotals): string {
  return (['partial', 'unpriced', 'unmetered'] as const)
    .filter((standing) => standings[standing] > 0)
    .map((standing) => `${standings[standing]} ${standing}`)
    .join(' · ');
}

export function totalsLine(totals: UsageTotals): string {
  const [subtotal, surcharge, total] = [
    sumText(totals, totals.costNanoUsd),
    sumText(totals, totals.surchargeNanoUsd),
    sumText(totals, totals.costNanoUsd + totals.surchargeNanoUsd),
  ];
  const parts = [
    `${totals.exchanges} request${totals.exchanges === 1 ? '' : 's'}`,
    `${totals.failed} failed`,
    `${totals.interrupted} interrupted`,
    `in ${tokensText(totals, totals.inputTokens)} (cached ${tokensText(totals, totals.cacheReadInputTokens)})`,
    `out ${tokensText(totals, totals.outputTokens)}`,
    subtotal === total && !total.includes('$')
      ? `cost ${total}`
      : `cost ${subtotal} + surcharge ${surcharge} = ${total}`,
  ];
  const gaps = gapsText(totals);
  if (gaps) parts.push(gaps);
  return parts.join(' · ');
}

/** Rows of usage by model, tool, day, key or project. */
export function usageTable(groups: readonly UsageGroup[], by: string): string {
  const rows = groups.map((group) => [
    plainText(group.label ?? (group.key || '(none)')),
    ...(by === 'model' ? [group.providerName ?? ''] : []),
    String(group.exchanges),
    tokensText(group, group.inputTokens),
    tokensText(group, group.cacheReadInputTokens),
    tokensText(group, group.outputTokens),
    sumText(group, group.costNanoUsd),
    sumText(group, group.surchargeNanoUsd),
    sumText(group, group.costNanoUsd + group.surchargeNanoUsd),
  ]);
  const provider = by === 'model' ? ['provider'] : [];
  return table(
    [by, ...provider, 'requests', 'in', 'cached', 'out', 'subtotal', 'surcharge', 'total'],
    rows,
    1 + provider.length,
  );
}
