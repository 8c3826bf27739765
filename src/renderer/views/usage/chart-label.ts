import type { Period } from '../../../shared/ipc.js';
import { exactText } from './amounts.js';
import { amountOf, type ChartData, type Metric } from './chart-data.js';
import { stretchWords } from './time-words.js';

export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  session: 'since the proxy was started',
  '24h': 'in the last 24 hours',
  '7d': 'in the last 7 days',
  '30d': 'in the last 30 days',
};
const METRIC_WORDS: Readonly<Record<Metric, string>> = {
  cost: 'Cost',
  tokens: 'Tokens',
  requests: 'Requests',
  errors: 'Errors',
};

/** What the chart shows, for who can't see it. Pure. */
export function chartLabel({ rows, metric }: ChartData, period: Period, by: string): string {
  const what = `${METRIC_WORDS[metric]} by ${by} ${PERIOD_WORDS[period]}, in ${rows.length} bars.`;
  const most = rows.toSorted((a, b) => amountOf(metric, b.totals) - amountOf(metric, a.totals))[0];
  const keys = 'Arrow keys move along the bars, Enter shows one alone.';
  if (!most || amountOf(metric, most.totals) === 0) return `${what} All are empty.`;
  return `${what} The highest is ${stretchWords(most)}: ${exactText(metric, most.totals)}. ${keys}`;
}
