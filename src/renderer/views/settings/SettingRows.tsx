import { Fragment, type ReactNode } from 'react';
import { type RowName, rowsOf } from '../../../settings/app-settings.js';
import type { SettingsSection } from '../../../settings/table.js';
import { SettingRow } from './SettingRow.js';

interface SettingRowsProps {
  readonly section: SettingsSection;
  /** Rows that need more than their setting. */
  readonly special?: Partial<Record<RowName, ReactNode>>;
}

/** The rows of a section, in the order of the table of settings. Each takes effect as soon as it is changed. */
export function SettingRows({ section, special = {} }: SettingRowsProps) {
  return rowsOf(section).map((name) => <Fragment key={name}>{special[name] ?? <SettingRow name={name} />}</Fragment>);
}
