import { type Kind, OTHER_COLOUR } from '../../colours/colours.js';
import { ModelSwatch } from '../../components/ModelSwatch.js';
import { errorText, exactText, missingText } from './amounts.js';
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

/** One stretch of time to the last digit, and what its amounts do not hold. */
export function ChartTooltip({ row, metric, kind, names }: ChartTooltipProps) {
  const cells = row.cells
    .filter(({ totals }) => metric !== 'errors' || amountOf('errors', totals) > 0)
    .sort((a, b) => amountOf(metric, b.totals) - amountOf(metric, a.totals));
  const errors = metric === 'errors' ? undefined : errorText(row.totals);
  const missing = metric === 'cost' || metric === 'tokens' ? missingText(row.totals) : undefined;
  const notes = [missing, errors].filter((note) => note !== undefined);
  return (
    <div className={styles.tooltip} role="status">
      <p className={styles.title}>{stretchWords(row)}</p>
      {cells.length === 0 && <p className={styles.none}>{metric === 'errors' ? 'No errors' : 'No requests'}</p>}
      {cells.map(({ name, totals }) => (
        <p key={name ?? ''} className={styles.row}>
          {name === undefined ? <ModelSwatch colour={OTHER_COLOUR} /> : <ModelSwatch name={name} kind={kind} />}
          <span className={styles.name}>{name === undefined ? 'Others' : (names[name] ?? name)}</span>
          <span>{exactText(metric, totals)}</span>
        </p>
      ))}
      {cells.length > 1 && (
        <p className={styles.total}>
          <span className={styles.name}>Together</span>
          <span>{exactText(metric, row.totals)}</span>
        </p>
      )}
      {notes.length > 0 && <p className={styles.none}>{notes.join(' · ')}</p>}
    </div>
  );
}
