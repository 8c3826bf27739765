import { useId, useState } from 'react';
import type { BudgetPeriod } from '../../../../shared/budgets.js';
import type { Answers } from '../../../../shared/ipc.js';
import { FieldRow, Select, TextField } from '../../../components/Field.js';
import { useAction } from '../../../store/use-action.js';
import { AmountFields } from '../AmountFields.js';
import { InlineForm } from '../InlineForm.js';
import { EXPIRIES, expiryOf } from './key-words.js';
import { limitInput } from './limit-input.js';

interface KeyFormProps {
  readonly onMade: (made: Answers['keys:create']) => void;
  readonly onCancel: () => void;
}

/** Makes a key. What is wrong is said at its field, once it was sent. */
export function KeyForm({ onMade, onCancel }: KeyFormProps) {
  const id = useId();
  const [label, setLabel] = useState('');
  const [amount, setAmount] = useState('');
  const [period, setPeriod] = useState<BudgetPeriod>('day');
  const [expiry, setExpiry] = useState<(typeof EXPIRIES)[number]['value']>('');
  const [wasSent, setSent] = useState(false);
  const { busy, error, run } = useAction();
  const labelProblem = label.trim() === '' ? 'Say what it is for, such as “ci”.' : undefined;
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
      label="Make a key"
      action="Make the key"
      busy={busy}
      error={error}
      onSubmit={() => void send()}
      onCancel={onCancel}
    >
      <FieldRow htmlFor={`${id}-label`} label="For" error={wasSent ? labelProblem : undefined}>
        <TextField
          id={`${id}-label`}
          size={16}
          maxLength={60}
          placeholder="A project or tool"
          value={label}
          invalid={wasSent && labelProblem !== undefined}
          aria-describedby={`${id}-label-hint`}
          onChange={(event) => setLabel(event.target.value)}
        />
      </FieldRow>
      <FieldRow htmlFor={`${id}-limit`} label="Limit" error={wasSent ? problem : undefined}>
        <AmountFields
          id={`${id}-limit`}
          amount={amount}
          period={period}
          placeholder="none"
          invalid={wasSent && problem !== undefined}
          onAmount={setAmount}
          onPeriod={setPeriod}
        />
      </FieldRow>
      <FieldRow htmlFor={`${id}-expiry`} label="Ends">
        <Select id={`${id}-expiry`} options={EXPIRIES} value={expiry} onChange={setExpiry} />
      </FieldRow>
    </InlineForm>
  );
}
