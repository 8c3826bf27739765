import { useId } from 'react';
import { DEFAULT_SETTINGS, type RowName, type Settings, storedType } from '../../../settings/app-settings.js';
import { problemText } from '../../../settings/problem-text.js';
import type { SettingType } from '../../../settings/types.js';
import { valueFrom } from '../../../settings/values.js';
import { t } from '../../../words/index.js';
import { FieldRow, Select } from '../../components/Field.js';
import { Switch } from '../../components/Switch.js';
import { useAction } from '../../store/use-action.js';
import { useStore } from '../../store/use-store.js';
import { choicesOf, hintOf } from './setting-words.js';
import { TextRow } from './TextRow.js';

interface SettingRowProps {
  readonly name: RowName;
  /** In place of the table's own words. */
  readonly label?: string;
  readonly hint?: string;
  /** Makes the change; resolves with why it was refused. Without: main is asked, and its answer is said at the row. */
  readonly change?: (changes: Partial<Settings>) => Promise<string | undefined>;
}

/** A setting's row, whose control follows from what the setting can hold. */
export function SettingRow({
  name,
  label = t(`settings.${name}.label`),
  hint = hintOf(name),
  change,
}: SettingRowProps) {
  const id = useId();
  const value = useStore((state) => state.app?.settings[name]) ?? DEFAULT_SETTINGS[name];
  const { error, run } = useAction();
  const type: SettingType = storedType(name);

  async function ask(changes: Partial<Settings>): Promise<string | undefined> {
    if (change) return change(changes);
    const answer = await run('settings:change', changes);
    return answer.ok ? undefined : answer.error.message;
  }

  if (type.kind === 'flag') {
    return (
      <FieldRow htmlFor={id} label={label} hint={hint} error={error?.message}>
        <Switch
          id={id}
          checked={value === true}
          labelledBy={`${id}-label`}
          describedBy={`${id}-hint`}
          onChange={(on) => void ask({ [name]: on })}
        />
      </FieldRow>
    );
  }
  if (type.kind === 'choice') {
    return (
      <FieldRow htmlFor={id} label={label} hint={hint} error={error?.message}>
        <Select
          id={id}
          aria-describedby={`${id}-hint`}
          options={choicesOf(name, type.values)}
          value={String(value)}
          onChange={(chosen) => void ask({ [name]: chosen })}
        />
      </FieldRow>
    );
  }
  return (
    <TextRow
      label={label}
      hint={hint}
      value={String(value)}
      problemOf={(text) => (valueFrom(type, text) === undefined ? problemText(name, type) : undefined)}
      onApply={(text) => ask({ [name]: valueFrom(type, text) })}
      {...LOOKS[type.kind]}
    />
  );
}

/** How a typed value is entered. */
const LOOKS: Partial<Record<SettingType['kind'], { size?: number; inputMode?: 'numeric'; stacked?: boolean }>> = {
  number: { size: 6, inputMode: 'numeric' },
  host: { size: 13 },
  address: { stacked: true },
};
