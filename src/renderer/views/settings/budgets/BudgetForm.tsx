import { useId, useState } from 'react';
import type { BudgetPeriod, BudgetState } from '../../../../shared/budgets.js';
import type { Project } from '../../../../shared/session.js';
import { t } from '../../../../words/index.js';
import { FieldRow, Select } from '../../../components/Field.js';
import { Switch } from '../../../components/Switch.js';
import { useAction } from '../../../store/use-action.js';
import { AmountFields } from '../AmountFields.js';
import { InlineForm } from '../InlineForm.js';
import { parseUsd, typedUsd } from '../usd-input.js';
import { conflictOf, setterOf } from './budget-input.js';

interface BudgetFormProps {
  readonly projects: readonly Project[];
  /** The budget to change: its scope and period stay. */
  readonly edits?: BudgetState;
  readonly existing?: readonly BudgetState[];
  readonly onDone: () => void;
}

/** Sets a budget. What is wrong is said at its field, once it was submitted. */
export function BudgetForm({ projects, edits, existing = [], onDone }: BudgetFormProps) {
  const id = useId();
  const [amount, setAmount] = useState(edits ? typedUsd(edits.amountNanoUsd) : '');
  const [period, setPeriod] = useState<BudgetPeriod>(edits?.period ?? 'day');
  const [project, setProject] = useState('');
  const [hardStop, setHardStop] = useState(false);
  const [wasSent, setSent] = useState(false);
  const { busy, error, run } = useAction();
  const usd = parseUsd(amount);
  const conflict = conflictOf(existing, project, period);

  async function send(): Promise<void> {
    setSent(true);
    if (usd.nanoUsd === undefined || conflict !== undefined) return;
    const scope = project === '' ? { kind: 'all' as const } : { kind: 'project' as const, projectId: project };
    const before = edits ? setterOf(edits) : undefined;
    const answer = await run('budgets:set', {
      ...(before ?? { scope, period, hardStop }),
      amountNanoUsd: usd.nanoUsd,
    });
    if (answer.ok) onDone();
  }

  return (
    <InlineForm
      label={t(edits ? 'app.budgets.editTitle' : 'app.budgets.addTitle')}
      action={t(edits ? 'app.action.save' : 'app.action.add')}
      busy={busy}
      error={error}
      onSubmit={() => void send()}
      onCancel={onDone}
    >
      <FieldRow htmlFor={`${id}-amount`} label={t('app.budgets.amount')} error={wasSent ? usd.problem : undefined}>
        <AmountFields
          id={`${id}-amount`}
          amount={amount}
          period={period}
          invalid={wasSent && usd.problem !== undefined}
          onAmount={setAmount}
          onPeriod={edits ? undefined : setPeriod}
        />
      </FieldRow>
      {!edits && (
        <>
          <FieldRow htmlFor={`${id}-project`} label={t('app.budgets.for')} error={wasSent ? conflict : undefined}>
            <Select
              id={`${id}-project`}
              aria-describedby={`${id}-project-hint`}
              options={[
                { value: '', label: t('app.budgets.allRequests') },
                ...projects.map(({ id: value, name }) => ({
                  value,
                  label: t('app.budgets.project', { project: name }),
                })),
              ]}
              value={project}
              onChange={setProject}
            />
          </FieldRow>
          <FieldRow htmlFor={`${id}-stop`} label={t('app.budgets.refuse')}>
            <Switch id={`${id}-stop`} checked={hardStop} labelledBy={`${id}-stop-label`} onChange={setHardStop} />
          </FieldRow>
        </>
      )}
    </InlineForm>
  );
}
