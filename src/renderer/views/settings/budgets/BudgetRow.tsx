import { useId, useState } from 'react';
import type { BudgetState } from '../../../../shared/budgets.js';
import type { Project } from '../../../../shared/session.js';
import { amountText, scopeName, untilText } from '../../../../words/format-budget.js';
import { t } from '../../../../words/index.js';
import { Button } from '../../../components/Button.js';
import { Confirm } from '../../../components/Dialog.js';
import { ErrorText } from '../../../components/ErrorText.js';
import { FieldRow } from '../../../components/Field.js';
import { Switch } from '../../../components/Switch.js';
import { useAction } from '../../../store/use-action.js';
import { SpentLine } from '../SpentLine.js';
import styles from '../settings.module.css';
import { BudgetForm } from './BudgetForm.js';
import { setterOf } from './budget-input.js';

interface BudgetRowProps {
  readonly state: BudgetState;
  readonly projects: readonly Project[];
  readonly nameOf: (projectId: string) => string;
}

/** One budget: what is spent of it, and what happens when it is used up. */
export function BudgetRow({ state, projects, nameOf }: BudgetRowProps) {
  const id = useId();
  const [asks, setAsks] = useState<'edit' | 'remove'>();
  const { busy, error, run } = useAction();
  const scope = scopeName(state, nameOf) ?? t('app.budgets.allRequests');
  const name = t('app.budgets.name', { scope, amount: amountText(state) });
  const done = () => setAsks(undefined);

  function stop(hardStop: boolean): void {
    const setter = setterOf(state);
    if (setter) void run('budgets:set', { ...setter, hardStop });
  }

  return (
    <fieldset className={styles.item} aria-label={name}>
      <div className={styles.itemHead}>
        <span className={styles.itemName}>
          {scope} <span className={styles.hint}>{amountText(state)}</span>
        </span>
        <Button kind="link" aria-label={t('app.budgets.editWhat', { budget: name })} onClick={() => setAsks('edit')}>
          {t('app.budgets.edit')}
        </Button>
        <Button
          kind="link"
          aria-label={t('app.budgets.removeWhat', { budget: name })}
          onClick={() => setAsks('remove')}
        >
          {t('app.budgets.remove')}
        </Button>
      </div>
      {asks === 'edit' && <BudgetForm projects={projects} edits={state} onDone={done} />}
      <SpentLine state={state} />
      <FieldRow
        htmlFor={id}
        label={t('app.budgets.refuse')}
        hint={state.liftedUntil === undefined ? undefined : t('app.budgets.allowedUntil', { until: untilText(state) })}
      >
        <Switch
          id={id}
          checked={state.hardStop}
          busy={busy}
          labelledBy={`${id}-label`}
          describedBy={`${id}-hint`}
          onChange={stop}
        />
      </FieldRow>
      <ErrorText error={error} />
      {asks === 'remove' && (
        <Confirm
          title={t('app.budgets.removeQuestion')}
          action={t('app.action.remove')}
          danger
          onConfirm={() => {
            done();
            void run('budgets:remove', { id: state.id });
          }}
          onCancel={done}
        >
          {t('app.budgets.removeMeaning', { budget: name })}
        </Confirm>
      )}
    </fieldset>
  );
}
