import { usdDigits } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { type Kind, OTHER_COLOUR } from '../../colours/colours.js';
import { ModelSwatch } from '../../components/ModelSwatch.js';
import { Name } from '../../components/Name.js';
import { exactText, failuresText, unknownCostsText } from './amounts.js';
import styles from './ChartTooltip.module.css';
import { amountOf, type ChartRow, type Metric } from './chart-data.js';
import { stretchWords } from './time-words.js';
import type { Names } from './use-names.js';

interface ChartTooltipProps {
  readonly row: ChartRow;
  readonly metric: Metric;
  readonly kind: Kind;
  readonly names: Names;
}

/** One stretch of time to the last digit, and what is missing in its amounts. */
export function ChartTooltip({ row, metric, kind, names }: ChartTooltipProps) {
  const cells = row.cells
    .filter(({ totals }) => metric !== 'errors' || amountOf('errors', totals) > 0)
    .sort((a, b) => amountOf(metric, b.totals) - amountOf(metric, a.totals));
  const digits = usdDigits(
    [row.totals, ...cells.map(({ totals }) => totals)].map((totals) => amountOf('cost', totals)),
  );
  const errors = metric === 'errors' ? undefined : failuresText(row.totals);
  const missing = metric === 'cost' || metric === 'tokens' ? unknownCostsText(row.totals) : undefined;
  const notes = [missing, errors].filter((note) => note !== undefined);
  return (
    <div className={styles.tooltip} role="status">
      <p className={styles.title}>{stretchWords(row)}</p>
      {cells.length === 0 && (
        <p className={styles.none}>
          {t(metric === 'errors' ? 'app.usage.chart.noErrors' : 'app.usage.chart.noRequests')}
        </p>
      )}
      {cells.map(({ name, totals }) => (
        <p key={name ?? ''} className={styles.row}>
          {name === undefined ? <ModelSwatch colour={OTHER_COLOUR} /> : <ModelSwatch name={name} kind={kind} />}
          <span className={styles.name}>
            {name === undefined ? t('app.usage.chart.others') : <Name>{names[name] ?? name}</Name>}
          </span>
          <span>{exactText(metric, totals, digits)}</span>
        </p>
      ))}
      {cells.length > 1 && (
        <p className={styles.total}>
          <span className={styles.name}>{t('app.usage.chart.total')}</span>
          <span>{exactText(metric, row.totals, digits)}</span>
        </p>
      )}
      {notes.length > 0 && <p className={styles.none}>{notes.join(' · ')}</p>}
    </div>
  );
}
