import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/settings/app-settings.js';
import { englishOf } from '../../../src/words/index.js';
import { wordsThrownBy } from '../../helpers/error-words.js';
import { tempFolder } from '../../helpers/temp-folder.js';

// electron-store asks the electron package where the app is; outside Electron that answers with a path, and with this
// set it does not fetch Electron first.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= path.resolve('nowhere');
const { createSettings } = await import('../../../src/main/settings/settings.js');

/** A folder with that text as its settings file. */
function folderWith(text?: string) {
  const folder = path.join(tempFolder(), 'Meshbar');
  const file = path.join(folder, 'settings.json');
  mkdirSync(folder);
  if (text !== undefined) writeFileSync(file, text, { mode: 0o644 });
  const problems: string[] = [];
  return { folder, file, problems, open: () => createSettings(folder, (problem) => problems.push(englishOf(problem))) };
}

const written = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

test('without a file the defaults apply, and nothing is written', () => {
  const { file, open, problems } = folderWith();
  expect(open().current).toEqual(DEFAULT_SETTINGS);
  expect(existsSync(file)).toBe(false);
  expect(problems).toEqual([]);
});

test('a change is written for its owner alone, and holds at the next start', () => {
  const { file, open } = folderWith();
  const settings = open();
  const seen: [number, number][] = [];
  settings.onChange((after, before) => seen.push([before.port, after.port]));
  expect(settings.change({ port: 9000 }).port).toBe(9000);
  expect(seen).toEqual([[8766, 9000]]);
  expect(written(file)).toEqual({ port: 9000 });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(open().current).toEqual({ ...DEFAULT_SETTINGS, port: 9000 });
});

test('a file that others may read is closed to them', () => {
  const { file, open } = folderWith('{"port":9000}');
  open();
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each(['{"port": 90', '[1,2]', 'null', '"text"', ''])('a file that holds %j is set aside, not lost', (text) => {
  const { folder, open, problems } = folderWith(text);
  const settings = open();
  expect(settings.current).toEqual(DEFAULT_SETTINGS);
  const [kept] = readdirSync(folder).filter((name) => name.startsWith('settings.json.bad-'));
  const setAside = path.join(folder, kept ?? 'nothing');
  expect(readFileSync(setAside, 'utf8')).toBe(text);
  expect(problems).toEqual([expect.stringContaining(`set aside as ${setAside},`)]);
  expect(settings.change({ theme: 'dark' }).theme).toBe('dark');
});

test('a value that can not be used costs none of the others, is told, and stays in the file', () => {
  const { file, open, problems } = folderWith('{"port":"many","theme":"dark","fromALaterVersion":{"a":1}}');
  const settings = open();
  expect(settings.current).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
  expect(problems).toEqual([expect.stringContaining('“port”')]);
  settings.change({ keepOpen: true });
  expect(written(file)).toEqual({ port: 'many', theme: 'dark', keepOpen: true, fromALaterVersion: { a: 1 } });
  settings.change({ port: 9001 });
  expect(written(file)).toMatchObject({ port: 9001 });
});

const exposed = expect.objectContaining({ code: 'insecure_exposure' });

test('what can not be had changes nothing at all', () => {
  const { file, open } = folderWith();
  const settings = open();
  expect(wordsThrownBy(() => settings.change({ theme: 'dark', port: 80 }))).toBe('Give a port from 1024 to 65535.');
  expect(() => settings.change({ insecure: true, host: '0.0.0.0' })).toThrow(exposed);
  expect(settings.current).toEqual(DEFAULT_SETTINGS);
  expect(existsSync(file)).toBe(false);
  settings.change({ insecure: true });
  // The two are looked at together, whichever came first.
  expect(() => settings.change({ host: '192.168.1.2' })).toThrow(exposed);
  settings.change({ host: '192.168.1.2', allowInsecureExposure: true });
  expect(settings.current.host).toBe('192.168.1.2');
});

test.each([
  [{ theme: 'blue' }, 'There is no such choice.'],
  [{ metrics: 'yes' }, 'It is either on or off.'],
  [{ port: undefined }, 'Give a port from 1024 to 65535.'],
  [{ host: 'http://127.0.0.1' }, 'Give an address such as 127.0.0.1'],
  [{ retentionDays: 0 }, 'It must be 1 to 3650 days.'],
  [{ otlpUrl: 'collector' }, 'Give an http or https address'],
  [{ otlpUrl: true }, 'Give an http or https address'],
  [{ otlpUrl: 'http://192.0.2.1:4318' }, 'The address of the collector must be https'],
  [{ updatePrices: 'https://prices.example' }, 'It is either on or off.'],
  [{ drainSeconds: 5 }, 'There is no setting “drainSeconds”.'],
  [{ 'a.b': 1 }, 'There is no setting “a.b”.'],
])('%j from a window is refused, and nothing is written', (changes, problem) => {
  const { file, open } = folderWith();
  const settings = open();
  expect(wordsThrownBy(() => settings.change(changes as object))).toContain(problem);
  expect(settings.current).toEqual(DEFAULT_SETTINGS);
  expect(existsSync(file)).toBe(false);
});

test('an IPv6 address is kept without the brackets of a URL', () => {
  const { open } = folderWith('{"host":"[::1]"}');
  const settings = open();
  expect(settings.current.host).toBe('::1');
  expect(settings.change({ host: ' [::1] ', insecure: true }).host).toBe('::1');
});

test('a file that was broken while the app runs is not overwritten', () => {
  const { file, open } = folderWith('{"port":9000}');
  const settings = open();
  writeFileSync(file, '{"port": 9');
  expect(() => settings.change({ theme: 'dark' })).toThrow(expect.objectContaining({ code: 'settings_unwritable' }));
  expect(readFileSync(file, 'utf8')).toBe('{"port": 9');
  expect(settings.current.theme).toBe('system');
});

test('a file that can not be read costs the settings, not the start, and is left alone', () => {
  const { file, open, problems } = folderWith();
  // Stands for one that belongs to somebody else: this the tests' root can't read either.
  mkdirSync(file);
  const settings = open();
  expect(settings.current).toEqual(DEFAULT_SETTINGS);
  expect(problems).toEqual([`${file} can’t be read: the defaults apply.`]);
  expect(() => settings.change({ theme: 'dark' })).toThrow(expect.objectContaining({ code: 'settings_unwritable' }));
  expect(settings.current.theme).toBe('system');
});

const NOBODY = 65_534;

test.skipIf(process.getuid?.() !== 0).each(['{"port":9000}', '{"port": 90'])(
  'a file of another user that holds %j is read as it is',
  (text) => {
    const { folder, file, open, problems } = folderWith(text);
    // The way to it.
    chmodSync(path.dirname(folder), 0o755);
    process.seteuid?.(NOBODY);
    try {
      const settings = open();
      expect(settings.current.port).toBe(text.endsWith('}') ? 9000 : DEFAULT_SETTINGS.port);
      expect(problems).toEqual(text.endsWith('}') ? [] : [`${file} does not contain settings: the defaults apply.`]);
      expect(() => settings.change({ theme: 'dark' })).toThrow(
        expect.objectContaining({ code: 'settings_unwritable' }),
      );
    } finally {
      process.seteuid?.(0);
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);
