import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { registerLaunchAtLogin } from '../../../src/main/settings/launch-at-login.js';
import { hasLoginEntry, removeLoginEntry, writeLoginEntry } from '../../../src/main/settings/login-entry.js';
import type { LoginItem } from '../../../src/main/settings/login-item.js';
import { keepWords } from '../../helpers/error-words.js';
import { tempFolder } from '../../helpers/temp-folder.js';
import { waitFor } from '../../helpers/wait-for.js';

// As in settings.test.ts.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= path.resolve('nowhere');
const { createSettings } = await import('../../../src/main/settings/settings.js');

/** The file of a Linux desktop. */
function entryIn(folder: string): LoginItem {
  const file = path.join(folder, 'autostart', 'meshbar.desktop');
  return {
    get isOn() {
      return hasLoginEntry(file);
    },
    async set(on) {
      if (on) await writeLoginEntry(file, ['/opt/meshbar']);
      else removeLoginEntry(file);
    },
  };
}

function machine() {
  const folder = tempFolder();
  const problems: string[] = [];
  const onProblem = keepWords(problems);
  return { folder, problems, onProblem, settings: createSettings(folder, onProblem), item: entryIn(folder) };
}

test('what the user chose in the system’s own settings holds', async () => {
  const { item, settings, onProblem } = machine();
  await item.set(true);
  registerLaunchAtLogin({ settings, loginItem: item, onProblem });
  expect(settings.current.launchAtLogin).toBe(true);
  settings.change({ launchAtLogin: false });
  await waitFor(() => !item.isOn, 'the entry to go');
});

test('a settings file that can’t be written is told, and the start goes on', async () => {
  const { item, settings, folder, problems, onProblem } = machine();
  await item.set(true);
  mkdirSync(path.join(folder, 'settings.json'));
  registerLaunchAtLogin({ settings, loginItem: item, onProblem });
  expect(problems).toEqual([expect.stringContaining('settings.json can’t be written')]);
  expect(settings.current.launchAtLogin).toBe(false);
});

test('where the system does not let it, that is told, and the setting says what is', async () => {
  const { item, settings, folder, problems, onProblem } = machine();
  registerLaunchAtLogin({ settings, loginItem: item, onProblem });
  const inTheWay = path.join(folder, 'autostart');
  writeFileSync(inTheWay, '');
  settings.change({ launchAtLogin: true });
  await waitFor(() => !settings.current.launchAtLogin, 'the setting to go back');
  expect(problems).toEqual([expect.stringContaining('The system does not let Meshbar start when you log in')]);
  rmSync(inTheWay);
  settings.change({ launchAtLogin: true });
  await waitFor(() => item.isOn, 'the entry');
  expect(settings.current.launchAtLogin).toBe(true);
});
