import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createKeys } from '../../src/limits/keys.js';
import { englishOf } from '../../src/words/index.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { waitFor } from '../helpers/wait-for.js';

function open() {
  const file = path.join(tempFolder(), 'keys.json');
  return { file, keys: createKeys({ path: file, onProblem: (problem) => expect.fail(englishOf(problem)) }) };
}

/** As another process would. */
function revokeOutside(file: string): void {
  const saved = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...saved, keys: [{ ...saved.keys[0], revokedAt: 1 }] }));
}

test('what another process wrote is seen by those who ask again and again', async () => {
  const { file, keys } = open();
  const { key } = await keys.create({ label: 'ci' });
  expect(keys.check(key)?.refusal).toBeUndefined();
  revokeOutside(file);
  await waitFor(() => keys.check(key)?.refusal !== undefined, 'the revocation');
});

test('what another process wrote is seen at once by those who list', async () => {
  const { file, keys } = open();
  const { key } = await keys.create({ label: 'ci' });
  keys.check(key);
  revokeOutside(file);
  expect(await keys.list()).toMatchObject([{ standing: 'revoked' }]);
});
