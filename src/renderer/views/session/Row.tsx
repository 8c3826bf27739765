import type { ReactNode } from 'react';
import styles from './session.module.css';

interface RowProps {
  readonly words: ReactNode;
  readonly hint?: ReactNode;
  /** What can be pressed, at the right. */
  readonly children?: ReactNode;
}

/** A line about the account. */
export function Row({ words, hint, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        {words}
        {hint && <p className={styles.hint}>{hint}</p>}
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
