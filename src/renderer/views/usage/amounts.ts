import { hasTokens, isCostKnown } from '../../../shared/totals.js';
import type { UsageTotals } from '../../../shared/usage.js';
import { formatExactMoney, formatNumber, formatPercent, UNKNOWN } from '../../../words/format.js';
import { costText, tokensText } from '../../../words/format-totals.js';
import { t } from '../../../words/index.js';
import { amountOf, isMore, type Metric } from './chart-data.js';

/** Sums in words: short ones for a table, exact ones for a closer look. */

/** Tokens of a sum; where there were no requests, there were none. */
export function tokensOf(totals: UsageTotals): string {
  return totals.exchanges === 0 ? formatNumber(0) : tokensText(totals, amountOf('tokens', totals));
}

/** 81%; of nothing known there is no share. */
export function cachedText({ inputTokens, cacheReadInputTokens }: UsageTotals): string {
  if (inputTokens === 0 || cacheReadInputTokens === 0) return UNKNOWN;
  const percent = (100 * cacheReadInputTokens) / inputTokens;
  return percent < 1 ? `<${formatPercent(1)}` : formatPercent(Math.floor(percent));
}

/**
 * To the last digit: "≥$0.00412345", "1,234 (1,000 in, 234 out)", "3", "1 failed, 2 interrupted". With `digits`, amounts of
 * money all have so many behind the point, so that they line up.
 */
export function exactText(metric: Metric, totals: UsageTotals, digits?: number): string {
  if (metric === 'cost') {
    if (!isCostKnown(totals)) return costText(totals);
    return formatExactMoney(amountOf('cost', totals), { atLeast: isMore('cost', totals), digits });
  }
  if (metric === 'tokens') {
    if (!hasTokens(totals)) return UNKNOWN;
    return t('app.usage.exactTokens', {
      all: amountOf('tokens', totals),
      input: totals.inputTokens,
      output: totals.outputTokens,
    });
  }
  if (metric === 'requests') return formatNumber(totals.exchanges);
  return failuresText(totals) ?? formatNumber(0);
}

/** "1 failed, 2 interrupted"; undefined where all went well. */
export function failuresText({ failed, interrupted }: UsageTotals): string | undefined {
  return listed({ failed, interrupted });
}

/**
 * What a cost lacks: "3 unpriced, 1 unmetered"; undefined where it lacks nothing. What is partial was interrupted, and
 * is called that.
 */
export function unknownCostsText({ standings, interrupted }: UsageTotals): string | undefined {
  const { unpriced, unmetered, partial, refused } = standings;
  return listed({ unpriced, unmetered, partial: Math.max(partial - interrupted, 0), refused });
}

type Counted = 'failed' | 'interrupted' | 'unpriced' | 'unmetered' | 'partial' | 'refused';

function listed(counts: Partial<Readonly<Record<Counted, number>>>): string | undefined {
  const words = (Object.entries(counts) as [Counted, number][])
    .filter(([, count]) => count > 0)
    .map(([what, count]) => t(`app.usage.count.${what}`, { count }));
  return words.length === 0 ? undefined : words.join(', ');
}
