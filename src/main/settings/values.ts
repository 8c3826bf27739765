import { z } from 'zod';
import { isExposed } from '../../net/loopback.js';
import {
  DEFAULT_SETTINGS,
  type Settings,
  STORED_SETTINGS,
  type StoredName,
  storedType,
} from '../../settings/app-settings.js';
import { problemText } from '../../settings/problem-text.js';
import { byName } from '../../settings/table.js';
import type { SettingType } from '../../settings/types.js';
import { accepts, bareHost } from '../../settings/values.js';
import { MeshbarError } from '../../shared/errors.js';
import { collectorOf } from '../../telemetry/otlp-target.js';
import { t } from '../../words/index.js';

/** What a settings file holds, checked. Pure. */

export interface ReadSettings {
  readonly settings: Settings;
  /** Settings whose stored value can't be used, and whose default is in force for now. */
  readonly unusable: readonly StoredName[];
}

function schemaOf(name: StoredName) {
  const type: SettingType = storedType(name);
  const isOne = z.custom((value) => accepts(type, value), { error: () => problemText(name, type) });
  if (type.kind !== 'host') return isOne;
  // As a person may write it, or did before brackets were taken off.
  return z.preprocess((value) => (typeof value === 'string' ? bareHost(value.trim()) : value), isOne);
}

const SCHEMA = z.strictObject(byName(STORED_SETTINGS, schemaOf));

/** Takes each value by itself: one that can't be used costs none of the others. */
export function readSettings(stored: Readonly<Record<string, unknown>>): ReadSettings {
  const values: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  const unusable: StoredName[] = [];
  for (const name of STORED_SETTINGS) {
    if (stored[name] === undefined) continue;
    const parsed = SCHEMA.shape[name].safeParse(stored[name]);
    if (parsed.success) values[name] = parsed.data;
    else unusable.push(name);
  }
  return { settings: values as unknown as Settings, unusable };
}

/**
 * The settings after a change, which may come from a window. Throws MeshbarError invalid_option, insecure_exposure or
 * collector_unencrypted, and then nothing changes.
 */
export function changedSettings(before: Settings, changes: Readonly<Record<string, unknown>>): Settings {
  const parsed = SCHEMA.safeParse({ ...before, ...changes });
  if (!parsed.success) {
    const detail = parsed.error.issues.flatMap(issueTexts).join(' ');
    throw new MeshbarError('invalid_option', { why: 'values', detail });
  }
  const settings = parsed.data as unknown as Settings;
  if (isExposed(settings)) {
    throw new MeshbarError('insecure_exposure', { host: settings.host });
  }
  if (settings.otlpUrl !== before.otlpUrl)
    collectorOf({ otlpUrl: settings.otlpUrl, allowPlainOtlp: false }, process.env);
  return settings;
}

function issueTexts(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [issue.message];
  return issue.keys.map((name) => t('settings.file.unknown', { name }));
}
