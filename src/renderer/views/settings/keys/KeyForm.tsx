import { useId, useState } from 'react';
import type { BudgetPeriod } from '../../../../shared/budgets.js';
import type { Answers } from '../../../../shared/ipc.js';
import { t } from '../../../../words/index.js';
import { FieldRow, Select, TextField } from '../../../components/Field.js';
import { useAction } from '../../../store/use-action.js';
import { AmountFields } from '../AmountFields.js';
import { InlineForm } from '../InlineForm.js';
import { EXPIRIES, type Expiry, expiryOf } from './key-words.js';
import { limitInput } from './limit-input.js';

interface KeyFormProps {
  readonly onMade: (made: Answers['keys:create']) => void;
  readonly onCancel: () => void;
}

/** Creates a key. What is wrong is said at its field, once it was submitted. */
export function KeyForm({ onMade, onCancel }: KeyFormProps) {
  const id = useId();
  const [label, setLabel] = useState('');
  const [amount, setAmount] = useState('');
  const [period, setPeriod] = useState<BudgetPeriod>('day');
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [wasSent, setSent] = useState(false);
  const { busy, error, run } = useAction();
  const labelProblem = label.trim() === '' ? t('app.keys.sayWhatFor') : undefined;
  const { limit, problem } = limitInput(amount, period);

  async function send(): Promise<void> {
    setSent(true);
    if (labelProblem !== undefined || problem !== undefined) return;
    const expiresAt = expiryOf(expiry, Date.now());
    const answer = await run('keys:create', {
      label,
      ...(limit ? { limit } : {}),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    if (answer.ok) onMade(answer.value);
  }

  return (
    <InlineForm
      label={t('app.keys.makeTitle')}
      action={t('app.keys.makeAction')}
      busy={busy}
      error={error}
      onSubmit={() => void send()}
      onCancel={onCancel}
    >
      <FieldRow htmlFor={`${id}-label`} label={t('app.keys.for')} error={wasSent ? labelProblem : undefined}>
        <TextField
          id={`${id}-label`}
          size={16}
          maxLength={60}
          placeholder={t('app.keys.forExample')}
          value={label}
          invalid={wasSent && labelProblem !== undefined}
          aria-describedby={`${id}-label-hint`}
          onChange={(event) => setLabel(event.target.value)}
        />
      </FieldRow>
      <FieldRow htmlFor={`${id}-limit`} label={t('app.keys.limit')} error={wasSent ? problem : undefined}>
        <AmountFields
          id={`${id}-limit`}
          amount={amount}
          period={period}
          placeholder={t('app.keys.noLimit')}
          invalid={wasSent && problem !== undefined}
          onAmount={setAmount}
          onPeriod={setPeriod}
        />
      </FieldRow>
      <FieldRow htmlFor={`${id}-expiry`} label={t('app.keys.expires')}>
        <Select
          id={`${id}-expiry`}
          options={EXPIRIES.map((value) => ({ value, label: t(`app.keys.expiry.${value}`) }))}
          value={expiry}
          onChange={setExpiry}
        />
      </FieldRow>
    </InlineForm>
  );
}
