import { overheadText } from '../../../words/format-overhead.js';
import { t } from '../../../words/index.js';
import { useAnswer } from '../../store/use-answer.js';
import styles from './settings.module.css';

/** What Meshbar itself costs; what it adds to requests is told where there were some. */
export function OverheadLine() {
  const overhead = useAnswer('overhead:read', undefined, { live: true, leastMs: 5000 }).value;
  if (!overhead) return null;
  const text = overheadText(overhead);
  return (
    <p className={styles.hint}>
      {overhead.added ? t('app.settings.overhead', { text }) : t('app.settings.overheadIdle', { text })}
    </p>
  );
}
