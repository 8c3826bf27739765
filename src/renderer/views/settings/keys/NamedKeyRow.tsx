import { useState } from 'react';
import type { KeyView } from '../../../../shared/ipc.js';
import { amountText } from '../../../../words/format-budget.js';
import { Button } from '../../../components/Button.js';
import { Confirm } from '../../../components/Dialog.js';
import { ErrorText } from '../../../components/ErrorText.js';
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

/** One key: since when, how long, what it spends, and the way to end it. */
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
    <fieldset className={styles.item} aria-label={`Key ${info.label}`}>
      <div className={styles.itemHead}>
        <span className={styles.itemName}>
          {info.label} {limit && <span className={styles.hint}>{amountText(limit)}</span>}
        </span>
        <Button kind="link" aria-label={`Limit of ${info.label}`} onClick={() => setAsks('limit')}>
          Limit…
        </Button>
        <Button kind="link" aria-label={`Revoke ${info.label}`} disabled={busy} onClick={() => setAsks('revoke')}>
          Revoke…
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
        <span className={styles.figure}>Today {todayText(info, cents)}</span>
      </p>
      <ErrorText error={error} />
      {asks === 'revoke' && (
        <Confirm
          title={`Revoke the key “${info.label}”?`}
          action="Revoke"
          danger
          onConfirm={() => void revoke()}
          onCancel={done}
        >
          Whatever shows it is refused at once. This can’t be undone; its usage stays.
        </Confirm>
      )}
    </fieldset>
  );
}
