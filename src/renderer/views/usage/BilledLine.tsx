import { formatClock } from '../../../shared/format.js';
import type { UsageTotals } from '../../../shared/usage.js';
import { useAnswer } from '../../store/use-answer.js';
import styles from './BilledLine.module.css';
import { type BilledPeriod, billedWords } from './billed-words.js';

/** The service is asked no more often, whatever passes. */
const BILLED_MS = 60_000;

/** Nothing at all where the user may not see it, or it can't be had. */
export function BilledLine({ period, estimate }: { period: BilledPeriod; estimate: UsageTotals }) {
  const { value, askedWith } = useAnswer('usage:billed', { period }, { live: true, leastMs: BILLED_MS });
  if (!value || askedWith?.period !== period) return null;
  return (
    <p
      className={styles.billed}
      title={`What MeshAgent billed to you in this project, whichever way it was sent, as of ${formatClock(value.at)}.`}
    >
      {billedWords(value.value, period, estimate)}
    </p>
  );
}
