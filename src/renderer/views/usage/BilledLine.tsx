import { formatClock } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { useAnswer } from '../../store/use-answer.js';
import styles from './BilledLine.module.css';
import { BilledTable } from './BilledTable.js';
import { type BilledPeriod, billedWords } from './billed-words.js';

/** The service is asked at most this often, whatever passes. */
const BILLED_MS = 60_000;

/** What was billed, which opens to its parts; nothing where the user may not see it, or it can't be had. */
export function BilledLine({ period }: { period: BilledPeriod }) {
  const { value, askedWith } = useAnswer('usage:billed', { period }, { live: true, leastMs: BILLED_MS });
  if (!value || askedWith?.period !== period) return null;
  return (
    <details className={styles.billed}>
      <summary>{billedWords(value)}</summary>
      {value.rows.length > 0 && <BilledTable rows={value.rows} />}
      <p className={styles.note}>{t('app.usage.billed.note', { time: formatClock(value.billedAt) })}</p>
    </details>
  );
}
