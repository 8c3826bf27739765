import type { ErrorInfo } from '../../shared/errors.js';
import styles from './ErrorText.module.css';

/** What went wrong and what to do about it, beside what was pressed. */
export function ErrorText({ error }: { error: Pick<ErrorInfo, 'message' | 'hint'> | undefined }) {
  if (!error) return null;
  return (
    <p role="alert" className={styles.error}>
      {error.message} {error.hint && <span className={styles.hint}>{error.hint}</span>}
    </p>
  );
}
