import { NANO_PER_USD } from '../../../shared/money.js';
import type { UsageTotals } from '../../../shared/usage.js';
import { formatPercent, formatTokens, UNKNOWN } from '../../../words/format.js';
import { costText, tokensText } from '../../../words/format-totals.js';
import { formatExactUsd } from '../requests/record-fields.js';
import { amountOf, type Metric } from './chart-data.js';

/** Sums in words: short ones for a table, exact ones for who looks closer. Pure. */

/** Tokens of a sum; where nothing passed, there were none. */
export function tokensOf(totals: UsageTotals): string {
  return totals.exchanges === 0 ? '0' : tokensText(totals, amountOf('tokens', totals));
}

/** 81 %; of nothing known there is no share. */
export function cachedText({ inputTokens, cacheReadInputTokens }: UsageTotals): string {
  if (inputTokens === 0 || cacheReadInputTokens === 0) return UNKNOWN;
  const percent = (100 * cacheReadInputTokens) / inputTokens;
  return percent < 1 ? `<${formatPercent(1)}` : formatPercent(Math.floor(percent));
}

/** To the last digit: "≥ $0.00412345", "1,234 tokens (1,000 in, 234 out)", "3 requests", "1 failed, 2 interrupted". */
export function exactText(metric: Metric, totals: UsageTotals): string {
  if (metric === 'cost') {
    const short = costText(totals);
    if (!short.includes('$')) return short;
    return `${short.startsWith('≥') ? '≥ ' : ''}${formatExactUsd(amountOf('cost', totals))}`;
  }
  if (metric === 'tokens') {
    const all = amountOf('tokens', totals);
    if (tokensText(totals, all) === UNKNOWN) return UNKNOWN;
    return `${number(all)} (${number(totals.inputTokens)} in, ${number(totals.outputTokens)} out)`;
  }
  if (metric === 'requests') return number(totals.exchanges);
  return errorText(totals) ?? '0';
}

/** "1 failed, 2 interrupted"; undefined where all went well. */
export function errorText({ failed, interrupted }: UsageTotals): string | undefined {
  return listed([failed, 'failed'], [interrupted, 'interrupted']);
}

/**
 * What a cost does not hold: "3 unpriced, 1 unmetered"; undefined where it holds all. What is partial was interrupted, and
 * is said by that word.
 */
export function missingText({ standings, interrupted }: UsageTotals): string | undefined {
  const { unpriced, unmetered, partial } = standings;
  return listed([unpriced, 'unpriced'], [unmetered, 'unmetered'], [Math.max(partial - interrupted, 0), 'partial']);
}

/** The scale beside the chart. */
export function scaleText(metric: Metric, value: number): string {
  if (metric === 'tokens') return formatTokens(value).replace(/\.0+(?= )/, '');
  if (metric !== 'cost') return Number.isInteger(value) ? number(value) : '';
  const usd = value / NANO_PER_USD;
  let digits = usd === 0 || usd >= 10 ? 0 : usd >= 0.1 ? 2 : usd >= 0.01 ? 3 : 5;
  // A line at $0.105 that says $0.11 would lie about each bar.
  while (digits < 5 && Math.abs(Number(usd.toFixed(digits)) - usd) > usd * 1e-6) digits += 1;
  if (digits === 1) digits = 2;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

function listed(...counts: readonly (readonly [number, string])[]): string | undefined {
  const words = counts.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`);
  return words.length === 0 ? undefined : words.join(', ');
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
