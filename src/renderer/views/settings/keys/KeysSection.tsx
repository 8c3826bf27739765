import { useState } from 'react';
import type { Answers } from '../../../../shared/ipc.js';
import { t } from '../../../../words/index.js';
import { Button } from '../../../components/Button.js';
import { ErrorText } from '../../../components/ErrorText.js';
import { Section } from '../../../components/Section.js';
import { useAnswer } from '../../../store/use-answer.js';
import { store } from '../../../store/use-store.js';
import styles from '../settings.module.css';
import { KeyForm } from './KeyForm.js';
import { NamedKeyRow } from './NamedKeyRow.js';
import { NewKey } from './NewKey.js';

const LIST_MS = 3000;

/** Separate keys for projects and tools: to tell them apart, to limit one, to revoke one. */
export function KeysSection() {
  const { value: keys, error, reload } = useAnswer('keys:list', undefined, { live: true, leastMs: LIST_MS });
  const [adds, setAdds] = useState(false);
  const [fresh, setFresh] = useState<Answers['keys:create']>();

  function putAway(): void {
    setFresh(undefined);
    void store.ask('keys:put-away', undefined);
  }

  return (
    <Section
      title={t('app.keys.title')}
      aside={
        <Button kind="link" aria-expanded={adds} onClick={() => setAdds(true)}>
          {t('app.keys.make')}
        </Button>
      }
    >
      {adds && (
        <KeyForm
          onMade={(made) => {
            setAdds(false);
            setFresh(made);
            reload();
          }}
          onCancel={() => setAdds(false)}
        />
      )}
      {fresh && <NewKey made={fresh} onDone={putAway} />}
      <ErrorText error={error} />
      {keys?.length === 0 && !adds && <p className={styles.none}>{t('app.keys.none')}</p>}
      {keys?.map((key) => (
        <NamedKeyRow
          key={key.id}
          info={key}
          onChange={reload}
          onRevoked={() => {
            if (fresh?.info.id === key.id) putAway();
            reload();
          }}
        />
      ))}
    </Section>
  );
}
