import { useState } from 'react';
import type { KeyView } from '../../../../shared/ipc.js';
import { amountText } from '../../../../words/format-budget.js';
import { t } from '../../../../words/index.js';
import { Button } from '../../../components/Button.js';
import { Confirm } from '../../../components/Dialog.js';
import { ErrorText } from '../../../components/ErrorText.js';
import { Name } from '../../../components/Name.js';
import { useAction } from '../../../store/use-action.js';
import { useStore } from '../../../store/use-store.js';
import { SpentLine } from '../SpentLine.js';
import styles from '../settings.module.css';
import { keyFacts, todayText } from './key-words.js';
import { LimitForm } from './LimitForm.js';

interface NamedKeyRowProps {
  readonly info: KeyView;
  /** Another limit was set. */
  readonly onChange: () => void;
  readonly onRevoked: () => void;
}

/** One key: since when, until when, what it spends, and the way to revoke it. */
export function NamedKeyRow({ info, onChange, onRevoked }: NamedKeyRowProps) {
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  const limit = useStore((state) => state.app?.budgets.find(({ id }) => id === info.id));
  const [asks, setAsks] = useState<'limit' | 'revoke'>();
  const { busy, error, run } = useAction();
  const done = () => setAsks(undefined);

  async function revoke(): Promise<void> {
    done();
    if ((await run('keys:revoke', { id: info.id })).ok) onRevoked();
  }

  return (
    <fieldset className={styles.item} aria-label={t('app.keys.name', { key: info.label })}>
      <div className={styles.itemHead}>
        <span className={styles.itemName}>
          <Name>{info.label}</Name> {limit && <span className={styles.hint}>{amountText(limit)}</span>}
        </span>
        <Button kind="link" aria-label={t('app.keys.setLimitOf', { key: info.label })} onClick={() => setAsks('limit')}>
          {t('app.keys.setLimit')}
        </Button>
        <Button
          kind="link"
          aria-label={t('app.keys.revokeKey', { key: info.label })}
          disabled={busy}
          onClick={() => setAsks('revoke')}
        >
          {t('app.keys.revoke')}
        </Button>
      </div>
      {asks === 'limit' && (
        <LimitForm
          info={info}
          onSet={() => {
            done();
            onChange();
          }}
          onCancel={done}
        />
      )}
      {limit && <SpentLine state={limit} />}
      <p className={styles.spent}>
        <span>{keyFacts(info, Date.now())}</span>
        <span className={styles.figure}>{t('app.keys.today', { cost: todayText(info, cents) })}</span>
      </p>
      <ErrorText error={error} />
      {asks === 'revoke' && (
        <Confirm
          title={t('app.keys.revokeQuestion', { key: info.label })}
          action={t('app.keys.revokeAction')}
          danger
          onConfirm={() => void revoke()}
          onCancel={done}
        >
          {t('app.keys.revokeMeaning')}
        </Confirm>
      )}
    </fieldset>
  );
}
