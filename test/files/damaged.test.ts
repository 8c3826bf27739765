import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createKeys } from '../../src/limits/keys.js';
import { englishOf } from '../../src/words/index.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { waitFor } from '../helpers/wait-for.js';

function open() {
  const folder = tempFolder();
  const file = path.join(folder, 'keys.json');
  const problems: string[] = [];
  return {
    folder,
    file,
    problems,
    keys: createKeys({ path: file, onProblem: (problem) => problems.push(englishOf(problem)) }),
  };
}

/** As if nobody were in the middle of writing it. */
function writeLongAgo(file: string, text: string): void {
  writeFileSync(file, text);
  utimesSync(file, 1, 1);
}

test.each(['{"keys": [', 'null', '{"version":1,"keys":[{"id":"key_abcdefgh"}]}', '{"version":1}', '\0\0\0'])(
  'what is damaged (%j) is set aside, with a notice, and a new file begun',
  async (text) => {
    const { folder, file, keys, problems } = open();
    writeLongAgo(file, text);
    expect(await keys.list()).toEqual([]);
    await keys.create({ label: 'new' });
    const aside = readdirSync(folder).filter((name) => name.startsWith('keys.json.damaged-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(path.join(folder, String(aside[0])), 'utf8')).toBe(text);
    expect(problems).toEqual([expect.stringMatching(/was damaged and is now .*damaged-.*`meshbar key create`/)]);
    expect(await keys.list()).toHaveLength(1);
  },
);

test('a proxy that meets it on a request sets it aside, and refuses its keys', async () => {
  const { file, keys, problems } = open();
  const { key } = await keys.create({ label: 'ci' });
  writeLongAgo(file, 'damaged');
  keys.check(key);
  await waitFor(() => problems.length > 0, 'the notice');
  expect(existsSync(file)).toBe(false);
  expect(keys.check(key)).toBeUndefined();
});

test('one that is being written by hand is waited for', async () => {
  const { file, keys, problems } = open();
  const { key } = await keys.create({ label: 'ci' });
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, 40));
  expect(keys.check(key)?.refusal).toBeUndefined();
  writeFileSync(file, text);
  await keys.create({ label: 'another' });
  expect(problems).toEqual([]);
  expect(await keys.list()).toHaveLength(2);
});

test("a newer Meshbar's stays as it is", async () => {
  const { file, keys, problems } = open();
  const text = '{"version":2,"keys":{}}';
  writeLongAgo(file, text);
  expect(await keys.list()).toEqual([]);
  await expect(keys.create({ label: 'x' })).rejects.toMatchObject({ code: 'file_unreadable' });
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(problems).toEqual([expect.stringMatching(/newer Meshbar/)]);
});

test('unknown fields survive', async () => {
  const { file, keys } = open();
  await keys.create({ label: 'ci' });
  const saved = JSON.parse(readFileSync(file, 'utf8'));
  writeLongAgo(file, JSON.stringify({ ...saved, extra: 1, keys: [{ ...saved.keys[0], note: 'mine' }] }));
  await keys.revoke('ci');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ extra: 1, keys: [{ note: 'mine' }] });
});
