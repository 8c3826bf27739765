import { appendFileSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { childObject, rawUser } from '../../src/session/settings.js';
import { createSettingsFile, type SettingsFile } from '../../src/session/settings-file.js';
import { makeHome, type SessionHome } from '../helpers/session-home.js';

let home: SessionHome;
let file: SettingsFile;
beforeEach(async () => {
  home = await makeHome();
  file = createSettingsFile(home.dir);
});
afterEach(() => home.remove());

const mode = async (name: string) => (await stat(name)).mode & 0o777;
const setNote = (text: string) => () =>
  file.update((settings) => {
    settings.raw.note = text;
    return true;
  });

describe('secrets', () => {
  test('the file is 0600 and its folder 0700, also where they were laxer', async () => {
    await home.replace({ users: {} });
    await chmod(home.file, 0o664);
    await chmod(home.folder, 0o755);
    await file.read();
    expect(await mode(home.file), 'already after a look').toBe(0o600);
    await setNote('x')();
    expect(await mode(home.file)).toBe(0o600);
    expect(await mode(home.folder)).toBe(0o700);
  });

  test('a folder that is made is 0700', async () => {
    await home.remove();
    await mkdir(home.dir);
    await setNote('x')();
    expect(await mode(home.folder)).toBe(0o700);
    expect(await mode(home.file)).toBe(0o600);
  });

  test('an error does not quote the file', async () => {
    await writeFile(home.file, '{"access_token": "SECRET-1234", oops');
    await utimes(home.file, 1, 1);
    const error = await file.read().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'settings_unreadable' });
    expect(`${JSON.stringify(error)} ${(error as Error).stack} ${(error as Error).cause}`).not.toContain('SECRET');
  });

  test('nothing is left beside the file', async () => {
    await setNote('x')();
    expect(await readdir(home.folder)).toEqual(['settings.json']);
  });
});

describe('what is written', () => {
  test('is sorted, indented ASCII with every unknown key kept', async () => {
    await home.replace({
      zeta: [{ b: 1, a: 2 }],
      users: { u: { session: { later: true }, toString: 1 } },
      Ünicode: 'é😀',
    });
    await file.update((settings) => {
      childObject(rawUser(settings, 'u'), 'project').active_project = 'p';
      return true;
    });
    const text = await home.text();
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text.startsWith('{\n  "users": {')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      zeta: [{ a: 2, b: 1 }],
      users: { u: { session: { later: true }, project: { active_project: 'p' }, toString: 1 } },
      Ünicode: 'é😀',
    });
  });

  test('goes through a link, which stays a link', async () => {
    const elsewhere = path.join(home.dir, 'dotfiles.json');
    await writeFile(elsewhere, '{"kept":1}', { mode: 0o644 });
    await symlink('../dotfiles.json', home.file);
    await setNote('x')();
    expect((await lstat(home.file)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(elsewhere, 'utf8'))).toEqual({ kept: 1, note: 'x' });
    expect(await mode(elsewhere)).toBe(0o600);
  });

  test('goes through a link that leads to nothing yet', async () => {
    await symlink('../later.json', home.file);
    await setNote('x')();
    expect((await lstat(home.file)).isSymbolicLink()).toBe(true);
    expect(await readFile(path.join(home.dir, 'later.json'), 'utf8')).toContain('note');
  });

  test('takes in the older files once, and removes them', async () => {
    await writeFile(path.join(home.folder, 'session.json'), '{"access_token":"a","unknown":1}', { mode: 0o644 });
    await writeFile(path.join(home.folder, 'project.json'), '{"active_project":"p"}');
    await setNote('x')();
    expect(await readdir(home.folder)).toEqual(['settings.json']);
    expect(await home.json()).toEqual({
      active_user_id: '__local__',
      note: 'x',
      users: { __local__: { session: { access_token: 'a', unknown: 1 }, project: { active_project: 'p' } } },
    });
  });
});

describe('a writer that takes no lock', () => {
  test('who writes between our read and our write is merged, not overwritten', async () => {
    await home.replace({ mine: 0, theirs: 0 });
    let calls = 0;
    await file.update((settings) => {
      calls += 1;
      // Just after we have read, as the `meshagent` command would: in place.
      if (calls <= 3) writeFileSync(home.file, JSON.stringify({ mine: 0, theirs: calls }));
      settings.raw.mine = 'ours';
      return true;
    });
    expect(calls).toBe(4);
    expect(await home.json()).toEqual({ mine: 'ours', theirs: 3 });
  });

  test('a file that is half written is read again until it is whole', async () => {
    await writeFile(home.file, '');
    const reading = file.read();
    await delay(60);
    appendFileSync(home.file, '{"users": {"u": ');
    await delay(60);
    appendFileSync(home.file, '{"session": {"access_token": "whole"}}}}');
    expect((await reading).activeUser?.session?.accessToken).toBe('whole');
  });

  test('a file that stays half written is not written over', async () => {
    await writeFile(home.file, '{"users": {"u": ');
    await utimes(home.file, 1, 1);
    await expect(setNote('x')()).rejects.toMatchObject({ code: 'settings_unreadable' });
    expect(await home.text()).toBe('{"users": {"u": ');
  });
});

describe('the lock', () => {
  test('many updates at once all arrive', async () => {
    const other = createSettingsFile(home.dir);
    const count = (one: SettingsFile) =>
      one.update((settings) => {
        settings.raw.count = Number(settings.raw.count ?? 0) + 1;
        return true;
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => count(i % 2 ? file : other)));
    expect(await home.json()).toEqual({ count: 20 });
  });

  test('one left behind by a process that died holds nobody up for long', async () => {
    const lock = `${home.file}.lock`;
    await mkdir(lock);
    utimesSync(lock, new Date(Date.now() - 11_000), new Date(Date.now() - 11_000));
    await setNote('x')();
    expect(await home.json()).toEqual({ note: 'x' });
  });

  test('the refresh lock leaves the file free', async () => {
    const value = await file.withRefreshLock(async () => {
      await setNote('meanwhile')();
      return 7;
    });
    expect(value).toBe(7);
    expect(await home.json()).toEqual({ note: 'meanwhile' });
  });
});

describe('the stamp', () => {
  const stampAfter = (change: () => void) => {
    const before = file.stamp();
    change();
    return { changed: file.stamp() !== before || file.isFreshlyWritten() };
  };

  test('sees the same size put there by a rename', async () => {
    await home.replace({ a: 1 });
    writeFileSync(`${home.file}.new`, '{"a":2}');
    expect(stampAfter(() => renameSync(`${home.file}.new`, home.file))).toEqual({ changed: true });
  });

  test('sees the same size written in place with its time put back', async () => {
    await home.replace({ a: 1 });
    await utimes(home.file, 1000, 1000);
    const { atime, mtime } = await stat(home.file);
    const change = () => {
      writeFileSync(home.file, readFileSync(home.file, 'utf8').replace('1', '2'));
      utimesSync(home.file, atime, mtime);
    };
    expect(stampAfter(change)).toEqual({ changed: true });
  });

  test('does not trust a file written a moment ago: its clock may be coarse', async () => {
    await home.replace({ a: 1 });
    expect(file.isFreshlyWritten()).toBe(true);
    await utimes(home.file, new Date(Date.now() - 3000), new Date(Date.now() - 3000));
    expect(file.isFreshlyWritten()).toBe(false);
  });

  test('sees the older files while they are all there is', async () => {
    const before = file.stamp();
    await writeFile(path.join(home.folder, 'session.json'), '{}');
    expect(file.stamp()).not.toBe(before);
  });
});
