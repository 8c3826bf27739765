import { formatClock } from '../../../words/format.js';
import { useAnswer } from '../../store/use-answer.js';
import styles from './BilledLine.module.css';
import { BilledTable } from './BilledTable.js';
import { type BilledPeriod, billedWords } from './billed-words.js';

/** The service is asked no more often, whatever passes. */
const BILLED_MS = 60_000;

/** Nothing at all where the user may not see it, or it can't be had. Opens to what it is made of. */
export function BilledLine({ period }: { period: BilledPeriod }) {
  const { value, askedWith } = useAnswer('usage:billed', { period }, { live: true, leastMs: BILLED_MS });
  if (!value || askedWith?.period !== period) return null;
  return (
    <details className={styles.billed}>
      <summary>{billedWords(value)}</summary>
      {value.rows.length > 0 && <BilledTable rows={value.rows} />}
      <p className={styles.note}>
        What MeshAgent billed in this project, whichever way it was sent, beside what was estimated here; surcharge in
        both, by day of UTC, as of {formatClock(value.billedAt)}.
      </p>
    </details>
  );
}
