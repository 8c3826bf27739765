import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createKeys } from '../../src/limits/keys.js';
import { englishOf } from '../../src/words/index.js';
import { tempFolder } from '../helpers/temp-folder.js';

function makeKeys(file = path.join(tempFolder(), 'home', 'keys.json')) {
  const clock = { at: Date.parse('2026-11-24T10:00:00Z') };
  const problems: string[] = [];
  const open = () =>
    createKeys({ path: file, onProblem: (problem) => problems.push(englishOf(problem)), now: () => clock.at });
  return { keys: open(), open, clock, problems, file };
}

const DAY = 86_400_000;

test('a key is told once, recognisable, and known again', async () => {
  const { keys, file } = makeKeys();
  const { key, info } = await keys.create({ label: 'ci' });
  expect(key).toMatch(/^mb-[\w-]{43}$/);
  expect(keys.check(key)).toEqual({ keyId: info.id });
  expect(JSON.stringify(await keys.list())).not.toContain(key.slice(3));
  expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
});

test.each(['', 'mb-', 'mb-wrong', 'another key'])('"%s" is no key', async (shown) => {
  const { keys } = makeKeys();
  await keys.create({ label: 'ci' });
  expect(keys.check(shown)).toBeUndefined();
});

test('nothing of a key but its hash is in the file', async () => {
  const { readFile } = await import('node:fs/promises');
  const { keys, file } = makeKeys();
  const { key } = await keys.create({ label: 'ci' });
  expect(await readFile(file, 'utf8')).not.toContain(key.slice(3, 20));
});

test('a key that another program has made this very moment is good', async () => {
  const { keys, file } = makeKeys();
  const elsewhere = makeKeys();
  const { key, info } = await elsewhere.keys.create({ label: 'ci' });
  mkdirSync(path.dirname(file));
  keys.limited();
  copyFileSync(elsewhere.file, file);
  expect(keys.check(key)).toEqual({ keyId: info.id });
});

test('a key that another program has revoked this very moment is refused', async () => {
  const { keys, file } = makeKeys();
  const elsewhere = makeKeys();
  const { key, info } = await elsewhere.keys.create({ label: 'ci' });
  mkdirSync(path.dirname(file));
  copyFileSync(elsewhere.file, file);
  expect(keys.check(key)).toEqual({ keyId: info.id });
  await elsewhere.keys.revoke('ci');
  copyFileSync(elsewhere.file, file);
  expect(keys.check(key)?.refusal).toEqual({ key: 'limits.keyRefused.revoked', values: { label: 'ci' } });
});

test('what another process changed holds from the next look on', async () => {
  const { keys, open } = makeKeys();
  expect(keys.check('mb-x')).toBeUndefined();
  const other = open();
  const { key, info } = await other.create({ label: 'theirs' });
  expect(keys.check(key)).toEqual({ keyId: info.id });
  await other.revoke('theirs');
  expect(keys.check(key)?.refusal).toEqual({ key: 'limits.keyRefused.revoked', values: { label: 'theirs' } });
});

test('a key ends when its time is over, and says so', async () => {
  const { keys, clock } = makeKeys();
  const { key } = await keys.create({ label: 'short', expiresAt: clock.at + 1000 });
  expect(keys.check(key)?.refusal).toBeUndefined();
  clock.at += 1000;
  expect(keys.check(key)?.refusal).toEqual({ key: 'limits.keyRefused.expired', values: { label: 'short' } });
  expect(await keys.list()).toMatchObject([{ standing: 'expired' }]);
});

test('temporary keys end together, and after a day at the latest', async () => {
  const { keys, clock } = makeKeys();
  const lasting = await keys.create({ label: 'lasting' });
  const temporary = await keys.create({ label: 'run', temporary: true });
  expect(temporary.info.expiresAt).toBe(clock.at + DAY);
  const sooner = await keys.create({ label: 'sooner', temporary: true, expiresAt: clock.at + 5 });
  expect(sooner.info.expiresAt).toBe(clock.at + 5);
  await keys.endTemporary();
  expect(keys.check(temporary.key)?.refusal).toMatchObject({ key: 'limits.keyRefused.ended' });
  expect(keys.check(lasting.key)?.refusal).toBeUndefined();
});

test('a label is free again once its key is revoked, and means the key in use', async () => {
  const { keys } = makeKeys();
  const first = await keys.create({ label: 'codex' });
  await expect(keys.create({ label: 'codex' })).rejects.toMatchObject({ code: 'invalid_option' });
  await keys.revoke(first.info.id);
  const second = await keys.create({ label: 'codex' });
  expect((await keys.revoke('codex')).id).toBe(second.info.id);
  await expect(keys.revoke('nobody')).rejects.toMatchObject({ code: 'key_unknown' });
});

test.each(['', '   ', 'x'.repeat(61), 'two\nlines', 'key_abcdefgh', 'mb-abc'])(
  'the label %j is refused',
  async (label) => {
    await expect(makeKeys().keys.create({ label })).rejects.toMatchObject({ code: 'invalid_option' });
  },
);

test('a limit is kept, changed and taken away', async () => {
  const { keys } = makeKeys();
  await keys.create({ label: 'ci', limit: { limitNanoUsd: 5e9, period: 'day' } });
  expect(keys.limited()).toMatchObject([{ label: 'ci', limit: { limitNanoUsd: 5e9, period: 'day' } }]);
  await keys.setLimit('ci', { limitNanoUsd: 1e9, period: 'month' });
  expect(keys.limited()).toMatchObject([{ limit: { limitNanoUsd: 1e9, period: 'month' } }]);
  await keys.setLimit('ci', undefined);
  expect(keys.limited()).toEqual([]);
});

test('of keys that ended, the last two hundred are remembered', async () => {
  const { keys } = makeKeys();
  const first = await keys.create({ label: 'first' });
  await keys.revoke('first');
  for (let n = 0; n < 200; n++) {
    await keys.create({ label: 'again' });
    await keys.revoke('again');
  }
  await keys.create({ label: 'last' });
  expect(keys.check(first.key)).toBeUndefined();
  expect(await keys.list()).toHaveLength(201);
});
