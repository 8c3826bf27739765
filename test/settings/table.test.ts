import { expect, test } from 'vitest';
import {
  DEFAULT_SETTINGS,
  needsRestart,
  rowsOf,
  STORED_SETTINGS,
  storedType,
} from '../../src/settings/app-settings.js';
import { namesWith, type Setting, type SettingName, TABLE } from '../../src/settings/table.js';
import { accepts } from '../../src/settings/values.js';
import { EN } from '../../src/words/en/index.js';

const ALL = Object.keys(TABLE) as SettingName[];

test.each(ALL)('the default of %s is one of its values', (name) => {
  const setting: Setting = TABLE[name];
  expect(accepts(setting.type, setting.default)).toBe(true);
});

test.each(STORED_SETTINGS)('the default of %s can be kept by the app', (name) => {
  expect(accepts(storedType(name), DEFAULT_SETTINGS[name])).toBe(true);
});

test('every setting is an option or one of the app', () => {
  const known = new Set<string>([...namesWith('option'), ...STORED_SETTINGS]);
  expect(ALL.filter((name) => !known.has(name))).toEqual([]);
});

test('a row is of a setting that the app keeps, in one section', () => {
  const rows = (['proxy', 'app', 'notifications', 'advanced', 'about'] as const).flatMap(rowsOf);
  expect([...rows].sort()).toEqual([...namesWith('row')].sort());
  expect(rows.filter((name) => !STORED_SETTINGS.includes(name))).toEqual([]);
});

test('only what the engine is given can restart the proxy', () => {
  expect(namesWith('restart').filter((name) => !('engine' in TABLE[name]))).toEqual([]);
});

test('sentences are of settings that there are', () => {
  const areas = ['problem', 'contradiction', 'file', 'change'];
  const names = Object.keys(EN).flatMap((key) => /^settings\.(\w+)\./.exec(key)?.[1] ?? []);
  expect(names.filter((name) => !areas.includes(name) && !(name in TABLE))).toEqual([]);
});

test('looks change nothing for the proxy; what it reads at its start restarts it', () => {
  expect(needsRestart(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, theme: 'dark', keepOpen: true, retentionDays: 5 })).toBe(
    false,
  );
  for (const name of ['annotateTool', 'settle', 'metrics', 'insecure'] as const) {
    expect(needsRestart(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, [name]: true }), name).toBe(true);
  }
});
