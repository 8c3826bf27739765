import styles from './BudgetBar.module.css';
import { classNames } from './class-names.js';

interface BudgetBarProps {
  /** Of what may be spent; undefined: not known. */
  readonly percent: number | undefined;
  /** Percentages to mark. */
  readonly marks?: readonly number[];
}

/** How much of a budget is spent, drawn. The figure is beside it in words, so that it is silent to screen readers. */
export function BudgetBar({ percent = 0, marks = [] }: BudgetBarProps) {
  const tone = percent >= 100 ? styles.full : percent >= 80 && styles.near;
  return (
    <span className={styles.bar} aria-hidden="true">
      <span className={classNames(styles.spent, tone)} style={{ width: `${Math.min(percent, 100)}%` }} />
      {marks.map((mark) => (
        <span key={mark} className={styles.mark} style={{ left: `${mark}%` }} />
      ))}
    </span>
  );
}
