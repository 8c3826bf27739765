import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EN } from '../src/words/en/index.js';
import { wordsAsJson } from '../vite.words.js';
import { MESHBAR } from './helpers/terminal.js';

test('the bundled catalogue is the whole one, without what only the app says', async () => {
  const { load } = wordsAsJson();
  const file = fileURLToPath(new URL('../src/words/en/index.ts', import.meta.url));
  const { code = '' } = (await load(file)) ?? {};
  const { EN: bundled } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(bundled).toEqual(Object.fromEntries(Object.entries(EN).filter(([key]) => !key.startsWith('app.'))));
  expect(await load(file.replace('index.ts', 'count.ts'))).toBeUndefined();
});

test('the built command takes it as JSON', () => {
  const built = readFileSync(MESHBAR, 'utf8');
  expect(built).toContain('JSON.parse("{');
  expect(built).not.toContain("'terminal.proxy.notRunning':");
  expect(built).not.toContain('app.action.add');
});
