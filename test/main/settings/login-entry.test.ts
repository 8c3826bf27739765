import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  hasLoginEntry,
  loginEntry,
  loginEntryFile,
  removeLoginEntry,
  writeLoginEntry,
} from '../../../src/main/settings/login-entry.js';
import { tempFolder } from '../../helpers/temp-folder.js';

test('the file stands where desktops look', () => {
  expect(loginEntryFile({}, '/home/a')).toBe('/home/a/.config/autostart/meshbar.desktop');
  expect(loginEntryFile({ XDG_CONFIG_HOME: '' }, '/home/a')).toBe('/home/a/.config/autostart/meshbar.desktop');
  expect(loginEntryFile({ XDG_CONFIG_HOME: '/conf' }, '/home/a')).toBe('/conf/autostart/meshbar.desktop');
});

test('on writes it whole, off removes it', async () => {
  const file = path.join(tempFolder(), 'autostart', 'meshbar.desktop');
  expect(hasLoginEntry(file)).toBe(false);
  await writeLoginEntry(file, ['/opt/Meshbar/meshbar']);
  expect(hasLoginEntry(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Meshbar/meshbar"\n');
  expect(readdirSync(path.dirname(file))).toEqual(['meshbar.desktop']);
  removeLoginEntry(file);
  expect(existsSync(file)).toBe(false);
  removeLoginEntry(file);
});

test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', 'X-GNOME-Autostart-enabled = false'])(
  'an entry that the desktop turned off with %s is off',
  async (line) => {
    const file = path.join(tempFolder(), 'meshbar.desktop');
    await writeLoginEntry(file, ['/opt/meshbar']);
    const text = readFileSync(file, 'utf8').replace('X-GNOME-Autostart-enabled=true', line);
    writeFileSync(file, text);
    expect(hasLoginEntry(file)).toBe(false);
  },
);

/** Undoes what the Desktop Entry Specification has readers undo: the string's escapes, then the argument's quotes. */
function argumentsOf(entry: string): string[] {
  const value = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const line = value.replace(/\\(.)/g, (_all, next: string) => ({ s: ' ', n: '\n', t: '\t', r: '\r' })[next] ?? next);
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) =>
    quoted.replace(/\\(.)/g, '$1').replaceAll('%%', '%'),
  );
}

test.each([
  [['/opt/Meshbar/meshbar']],
  [['/home/a b/Meshbar 1.0.AppImage']],
  [['/tmp/50% "off" $HOME `id` back\\slash/meshbar', '/a/app.asar']],
])('%j starts as it is', (command) => {
  expect(argumentsOf(loginEntry(command))).toEqual(command);
});
