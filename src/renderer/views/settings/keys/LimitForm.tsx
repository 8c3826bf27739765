import { useId, useState } from 'react';
import type { BudgetPeriod } from '../../../../shared/budgets.js';
import type { KeyView } from '../../../../shared/ipc.js';
import { t } from '../../../../words/index.js';
import { FieldRow } from '../../../components/Field.js';
import { useAction } from '../../../store/use-action.js';
import { AmountFields } from '../AmountFields.js';
import { InlineForm } from '../InlineForm.js';
import { typedUsd } from '../usd-input.js';
import { limitInput } from './limit-input.js';

interface LimitFormProps {
  readonly info: KeyView;
  readonly onSet: () => void;
  readonly onCancel: () => void;
}

/** Another limit for a key, or none. */
export function LimitForm({ info, onSet, onCancel }: LimitFormProps) {
  const id = useId();
  const [amount, setAmount] = useState(info.limit ? typedUsd(info.limit.limitNanoUsd) : '');
  const [period, setPeriod] = useState<BudgetPeriod>(info.limit?.period ?? 'day');
  const [wasSent, setSent] = useState(false);
  const { busy, error, run } = useAction();
  const { limit, problem } = limitInput(amount, period);

  async function send(): Promise<void> {
    setSent(true);
    if (problem !== undefined) return;
    const answer = await run('keys:limit', { id: info.id, ...(limit ? { limit } : {}) });
    if (answer.ok) onSet();
  }

  return (
    <InlineForm
      label={t('app.keys.limitTitle', { key: info.label })}
      action={t('app.action.save')}
      busy={busy}
      error={error}
      onSubmit={() => void send()}
      onCancel={onCancel}
    >
      <FieldRow
        htmlFor={id}
        label={t('app.keys.limit')}
        hint={t('app.keys.limitHint')}
        error={wasSent ? problem : undefined}
      >
        <AmountFields
          id={id}
          amount={amount}
          period={period}
          placeholder={t('app.keys.noLimit')}
          invalid={wasSent && problem !== undefined}
          onAmount={setAmount}
          onPeriod={setPeriod}
        />
      </FieldRow>
    </InlineForm>
  );
}
