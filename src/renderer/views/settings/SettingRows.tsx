import { useId } from 'react';
import type { Settings } from '../../../shared/settings.js';
import { FieldRow, Select } from '../../components/Field.js';
import { Switch } from '../../components/Switch.js';
import { useAction } from '../../store/use-action.js';
import { useStore } from '../../store/use-store.js';

/** Rows for settings that hold as soon as they are chosen. What main refuses is said at the row. */

type NamesOf<Value> = { [Name in keyof Settings]: Settings[Name] extends Value ? Name : never }[keyof Settings];

interface SwitchRowProps {
  readonly name: NamesOf<boolean>;
  readonly label: string;
  readonly hint?: string;
}

export function SwitchRow({ name, label, hint }: SwitchRowProps) {
  const id = useId();
  const checked = useStore((state) => state.app?.settings[name] ?? false);
  const { error, run } = useAction();
  return (
    <FieldRow htmlFor={id} label={label} hint={hint} error={error?.message}>
      <Switch
        id={id}
        checked={checked}
        labelledBy={`${id}-label`}
        describedBy={`${id}-hint`}
        onChange={(on) => void run('settings:change', { [name]: on })}
      />
    </FieldRow>
  );
}

interface SelectRowProps<Value extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  /** The change that choosing this value makes. */
  readonly change: (value: Value) => Partial<Settings>;
}

export function SelectRow<Value extends string>({ label, hint, options, value, change }: SelectRowProps<Value>) {
  const id = useId();
  const { error, run } = useAction();
  return (
    <FieldRow htmlFor={id} label={label} hint={hint} error={error?.message}>
      <Select
        id={id}
        aria-describedby={`${id}-hint`}
        options={options}
        value={value}
        onChange={(chosen) => void run('settings:change', change(chosen))}
      />
    </FieldRow>
  );
}
