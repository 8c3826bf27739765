import { DEFAULTS, type NameWith, namesWith, pick, type SettingsSection, TABLE } from './table.js';
import type { SettingType, ValueOf } from './types.js';

/** What the app keeps in its settings.json. */
export type StoredName = NameWith<'stored'>;
export type RowName = NameWith<'row'>;

type StoredType<Name extends StoredName> = (typeof TABLE)[Name]['stored'] extends infer Narrower extends SettingType
  ? Narrower
  : (typeof TABLE)[Name]['type'];

type StoredValues = { readonly [Name in StoredName]: ValueOf<StoredType<Name>> };

declare module '../shared/settings.js' {
  interface Settings extends StoredValues {}
}

export type { Settings } from '../shared/settings.js';

export const STORED_SETTINGS = namesWith('stored');

export const DEFAULT_SETTINGS: StoredValues = pick(DEFAULTS, STORED_SETTINGS);

/** Less, for some, than what the command takes. */
export function storedType(name: StoredName): SettingType {
  const { stored, type } = TABLE[name];
  return stored === true ? type : stored;
}

/** The settings with a row in this section of the app, in their order. */
export function rowsOf(section: SettingsSection): readonly RowName[] {
  return namesWith('row').filter((name) => TABLE[name].row === section);
}

/** Settings of the app that the proxy reads when it starts. */
export const RESTARTING_SETTINGS = namesWith('restart').filter(
  (name) => 'stored' in TABLE[name],
) as readonly (StoredName & NameWith<'restart'>)[];

/** Whether the proxy must be started again for the change to take effect. */
export function needsRestart(before: StoredValues, after: StoredValues): boolean {
  return RESTARTING_SETTINGS.some((name) => before[name] !== after[name]);
}
