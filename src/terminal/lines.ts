import { redact } from '../files/secrets.js';
import { isCostKnown, modelOf } from '../shared/totals.js';
import type { PricedExchange, UsageDimension, UsageGroup, UsageTotals } from '../shared/usage.js';
import { formatClock, formatDuration, formatMoney, formatNumber, formatTokens } from '../words/format.js';
import { costText, sumText, tokensText } from '../words/format-totals.js';
import { t } from '../words/index.js';
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
    t('terminal.usage.in', { tokens: formatTokens(usage?.inputTokens) }),
    t('terminal.usage.cached', { tokens: formatTokens(usage?.cacheReadInputTokens) }),
    t('terminal.usage.out', { tokens: formatTokens(usage?.outputTokens) }),
    t('terminal.usage.firstChunk', { duration: formatDuration(record.timeToFirstChunkMs) }),
    formatDuration(record.durationMs),
    exchangeCostText(record),
  ];
  if (record.errorType) {
    parts.push(record.errorReason ? `${record.errorType}: ${redact(record.errorReason)}` : record.errorType);
  }
  if (record.sentTwice) parts.push(t('terminal.usage.sentTwice'));
  return plainText(parts.join('  '));
}

/** What one exchange cost; unknown is never $0. */
export function exchangeCostText({ standing, cost }: PricedExchange): string {
  if (standing === 'unpriced' || standing === 'unmetered') return t(`totals.${standing}`);
  if (standing === 'refused') return t('terminal.usage.refusedOne');
  return formatMoney(cost && cost.costNanoUsd + cost.surchargeNanoUsd, { atLeast: standing === 'partial' });
}

/** What a sum lacks: "1 unpriced", "2 unmetered"; empty where it is complete. */
export function gapsOf({ standings }: UsageTotals): string[] {
  return (['partial', 'unpriced', 'unmetered', 'refused'] as const)
    .filter((standing) => standings[standing] > 0)
    .map((standing) => t(`terminal.usage.${standing}`, { count: standings[standing] }));
}

export function totalsLine(totals: UsageTotals): string {
  const total = costText(totals);
  const parts = [
    t('count.requests', { count: totals.exchanges }),
    t('terminal.usage.failed', { count: totals.failed }),
    t('terminal.usage.interrupted', { count: totals.interrupted }),
    t('terminal.usage.inAndCached', {
      tokens: tokensText(totals, totals.inputTokens),
      cached: tokensText(totals, totals.cacheReadInputTokens),
    }),
    t('terminal.usage.out', { tokens: tokensText(totals, totals.outputTokens) }),
    isCostKnown(totals)
      ? t('terminal.usage.costWithSurcharge', {
          subtotal: sumText(totals, totals.costNanoUsd),
          surcharge: sumText(totals, totals.surchargeNanoUsd),
          total,
        })
      : t('terminal.usage.cost', { total }),
    ...gapsOf(totals),
  ];
  return parts.join(' · ');
}

/** Rows of usage by model, tool, day, key or project. */
export function usageTable(groups: readonly UsageGroup[], by: UsageDimension): string {
  const rows = groups.map((group) => [
    plainText(group.label ?? (group.key || t('terminal.usage.noName'))),
    ...(by === 'model' ? [group.providerName ?? ''] : []),
    formatNumber(group.exchanges),
    tokensText(group, group.inputTokens),
    tokensText(group, group.cacheReadInputTokens),
    tokensText(group, group.outputTokens),
    sumText(group, group.costNanoUsd),
    sumText(group, group.surchargeNanoUsd),
    costText(group),
  ]);
  const figures = ['requests', 'in', 'cached', 'out', 'subtotal', 'surcharge', 'total'] as const;
  const names = by === 'model' ? ([by, 'provider'] as const) : ([by] as const);
  const head = [...names, ...figures].map((column) => t(`terminal.usage.head.${column}`));
  return table(head, rows, names.length);
}
