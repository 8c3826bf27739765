import type { Answers } from '../../../../shared/ipc.js';
import { t } from '../../../../words/index.js';
import { Button } from '../../../components/Button.js';
import { CopyButton } from '../../../components/CopyButton.js';
import { store } from '../../../store/use-store.js';
import styles from '../settings.module.css';

interface NewKeyProps {
  readonly made: Answers['keys:create'];
  readonly onDone: () => void;
}

/** A key that was just created: it can be seen and copied now, and never again. */
export function NewKey({ made: { key, info }, onDone }: NewKeyProps) {
  async function copy(): Promise<boolean> {
    const answer = await store.ask('keys:copy-new', { id: info.id });
    if (!answer.ok) store.toastFailure('keys:copy-new', answer.error);
    return answer.ok;
  }

  return (
    <div className={styles.fresh} role="status">
      <p>{t('app.keys.ready')}</p>
      <code className={`selectable ${styles.secret}`} translate="no">
        {key}
      </code>
      <div className={styles.formActions}>
        <CopyButton
          kind="primary"
          label={t('app.keys.copyKey', { key: info.label })}
          text={t('app.action.copy')}
          onCopy={copy}
        />
        <Button onClick={onDone}>{t('app.action.done')}</Button>
      </div>
    </div>
  );
}
