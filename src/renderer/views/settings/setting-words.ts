import type { RowName, Settings } from '../../../settings/app-settings.js';
import type { NameWith } from '../../../settings/table.js';
import { isMessageKey, type MessageKey, t } from '../../../words/index.js';

type HintKey = Extract<MessageKey, `settings.${RowName}.hint`>;

/** What is said below a setting's label, where there is something to say. */
export function hintOf(name: RowName): string | undefined {
  const key = `settings.${name}.hint`;
  return isMessageKey(key) ? t(key as HintKey) : undefined;
}

/** Shells have names of their own, which are said elsewhere too. */
type NamedElsewhere = 'defaultShell';
type ChoiceName = {
  [Name in NameWith<'row'>]: Settings[Name] extends string ? (string extends Settings[Name] ? never : Name) : never;
}[NameWith<'row'>];
type ChoiceKey =
  | { [Name in Exclude<ChoiceName, NamedElsewhere>]: `settings.${Name}.${Settings[Name]}` }[Exclude<
      ChoiceName,
      NamedElsewhere
    >]
  | `shell.${Settings[NamedElsewhere]}`;

/** The choices of a setting, each with its label. */
export function choicesOf(
  name: RowName,
  values: readonly string[],
): readonly { readonly value: string; readonly label: string }[] {
  const prefix = name === 'defaultShell' ? 'shell' : `settings.${name}`;
  return values.map((value) => ({ value, label: t(`${prefix}.${value}` as ChoiceKey) }));
}
