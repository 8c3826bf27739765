import type { Part, Period } from '../../../shared/ipc.js';
import { t } from '../../../words/index.js';
import { exactText } from './amounts.js';
import { amountOf, type ChartData } from './chart-data.js';
import { stretchWords } from './time-words.js';

/** What the chart shows, for those who can't see it. */
export function chartLabel({ rows, metric }: ChartData, period: Period, by: Part): string {
  const title = t('app.usage.chart.title', {
    metric: t(`app.usage.metric.${metric}`),
    by: t(`app.usage.chart.by.${by}`),
    period: t(`app.usage.chart.${period}`),
  });
  const count = rows.length;
  const most = rows.toSorted((a, b) => amountOf(metric, b.totals) - amountOf(metric, a.totals))[0];
  if (!most || amountOf(metric, most.totals) === 0) return t('app.usage.chart.empty', { title, count });
  return t('app.usage.chart.label', {
    title,
    count,
    when: stretchWords(most),
    amount: exactText(metric, most.totals),
  });
}
