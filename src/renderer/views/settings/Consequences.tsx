import { Notice } from '../../components/Notice.js';
import styles from './settings.module.css';

interface ConsequencesProps {
  /** A sentence each; none: nothing is shown. */
  readonly told: readonly string[];
  readonly onDismiss: () => void;
}

/** What a person must do after a change, until it is put away. */
export function Consequences({ told, onDismiss }: ConsequencesProps) {
  if (told.length === 0) return null;
  return (
    <div className={styles.told}>
      <Notice tone="warning" onDismiss={onDismiss}>
        {told.join(' ')}
      </Notice>
    </div>
  );
}
