import { type MessageKey, t } from '../words/index.js';
import type { SettingName } from './table.js';
import type { SettingType } from './types.js';

/** Settings with a problem of their own: those whose value a person types. */
type TypedName = {
  [Name in SettingName]: `settings.${Name}.problem` extends MessageKey ? Name : never;
}[SettingName];

/** What is wrong with a value that is none of this type, in a sentence that doesn't repeat it. */
export function problemText(name: SettingName, type: SettingType): string {
  if (type.kind === 'flag') return t('settings.problem.flag');
  if (type.kind === 'choice') return t('settings.problem.choice');
  const { min, max } = 'min' in type ? type : { min: 0, max: 0 };
  // As text: a port is written without a thousands separator.
  return t(`settings.${name as TypedName}.problem`, { min: String(min), max: String(max) });
}
