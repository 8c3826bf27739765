import { useId, useState } from 'react';
import type { BudgetState } from '../../../../shared/budgets.js';
import type { Project } from '../../../../shared/session.js';
import { amountText, scopeName, untilText } from '../../../../words/format-budget.js';
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
  const name = `${scopeName(state, nameOf) ?? 'All requests'}, ${amountText(state)}`;
  const done = () => setAsks(undefined);

  function stop(hardStop: boolean): void {
    const setter = setterOf(state);
    if (setter) void run('budgets:set', { ...setter, hardStop });
  }

  return (
    <fieldset className={styles.item} aria-label={name}>
      <div className={styles.itemHead}>
        <span className={styles.itemName}>
          {scopeName(state, nameOf) ?? 'All requests'} <span className={styles.hint}>{amountText(state)}</span>
        </span>
        <Button kind="link" aria-label={`Edit: ${name}`} onClick={() => setAsks('edit')}>
          Edit…
        </Button>
        <Button kind="link" aria-label={`Remove: ${name}`} onClick={() => setAsks('remove')}>
          Remove…
        </Button>
      </div>
      {asks === 'edit' && <BudgetForm projects={projects} edits={state} onDone={done} />}
      <SpentLine state={state} />
      <FieldRow
        htmlFor={id}
        label="Refuse requests when it is used up"
        hint={state.liftedUntil === undefined ? undefined : `Lifted until ${untilText(state)}.`}
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
          title="Remove this budget?"
          action="Remove"
          danger
          onConfirm={() => {
            done();
            void run('budgets:remove', { id: state.id });
          }}
          onCancel={done}
        >
          {name}: nothing is told and nothing refused because of it any more.
        </Confirm>
      )}
    </fieldset>
  );
}
