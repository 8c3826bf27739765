import { useId } from 'react';
import { t } from '../../../words/index.js';
import { FieldRow, Select } from '../../components/Field.js';
import { useAction } from '../../store/use-action.js';
import { retentionChoices } from './retention.js';

/** How long single requests are kept: a few usual times, and for ever. */
export function RetentionRow({ days }: { days: number | null }) {
  const id = useId();
  const { error, run } = useAction();
  return (
    <FieldRow
      htmlFor={id}
      label={t('settings.retentionDays.label')}
      hint={t('settings.retentionDays.hint')}
      error={error?.message}
    >
      <Select
        id={id}
        aria-describedby={`${id}-hint`}
        options={retentionChoices(days)}
        value={String(days)}
        onChange={(chosen) => void run('settings:change', { retentionDays: chosen === 'null' ? null : Number(chosen) })}
      />
    </FieldRow>
  );
}
