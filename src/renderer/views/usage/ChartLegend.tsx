import { t } from '../../../words/index.js';
import styles from './ChartLegend.module.css';
import { type ChartData, isMore } from './chart-data.js';

/** What hatching means, where there is some. */
export function ChartLegend({ data: { metric, rows } }: { data: ChartData }) {
  if (rows.some(({ totals }) => isMore(metric, totals))) return <Line words={t('app.usage.chart.legend.more')} />;
  if (metric !== 'errors' || rows.every(({ totals }) => totals.interrupted === 0)) return null;
  return <Line words={t('app.usage.chart.legend.interrupted')} />;
}

function Line({ words }: { words: string }) {
  return (
    <p className={styles.legend}>
      <span className={styles.hatch} aria-hidden="true" />
      {words}
    </p>
  );
}
