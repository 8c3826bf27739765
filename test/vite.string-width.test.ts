import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { stringWidthOnDemand } from '../vite.string-width.ts';
import { tempFolder } from './helpers/temp-folder.js';
import { createHome, runMeshbar } from './helpers/terminal.js';

const file = fileURLToPath(import.meta.resolve('string-width'));
const context = {
  error(message: string): never {
    throw new Error(message);
  },
};
const transform = (code: string, id: string) => stringWidthOnDemand().transform.call(context, code, id);

it('measures as the package does', async () => {
  const code = transform(readFileSync(file, 'utf8'), file)?.code as string;
  const bundled = path.join(tempFolder(), 'string-width.mjs');
  writeFileSync(
    bundled,
    code.replace(/ from '([^']+)'/g, (_, name) => ` from '${import.meta.resolve(name)}'`),
  );
  const measure = (await import(/* @vite-ignore */ bundled)).default as typeof stringWidth;
  const texts = ['plain', '模型', '👩‍💻', '5⃣', '🧑‍🧑', 'é', 'ｶﾞ', '각', 'नि', '\u200b', '\u001b[31mred\u001b[0m', '–'];
  for (const text of texts) expect([text, measure(text)]).toEqual([text, stringWidth(text)]);
});

it('leaves other modules alone, and fails where the package is not what it was', () => {
  expect(transform('export {}', '/x/index.js')).toBeUndefined();
  expect(() => transform('export default (text) => text.length', file)).toThrow(/was not found/);
  expect(() => transform('const segmenter = new Intl.Segmenter();', file)).toThrow(/was not found/);
});

it('lets a command print a table without a segmenter', async () => {
  const tell = `Intl.Segmenter = class { constructor() { console.error('a segmenter is made'); } }`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(tell)}`;
  const { code, stdout, stderr } = await runMeshbar(['connect'], { ...createHome().env, NODE_OPTIONS });
  expect(stdout).toMatch(/\nclaude-code +Claude Code +/);
  expect([code, stderr]).toEqual([0, '']);
});
