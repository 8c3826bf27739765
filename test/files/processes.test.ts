import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { createKeys } from '../../src/limits/keys.js';
import { englishOf } from '../../src/words/index.js';
import { tempFolder } from '../helpers/temp-folder.js';

const source = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test('two processes make keys at the same time, and none is lost', async () => {
  const folder = tempFolder();
  const bundle = path.join(folder, 'bundle');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    define: { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
    build: { ssr: source('src/limits/keys.ts'), outDir: bundle, minify: false },
  });
  const program = path.join(bundle, String(readdirSync(bundle).find((name) => name.startsWith('keys'))));
  const file = path.join(folder, 'home', 'keys.json');
  const writers = ['a', 'b'].map((name) =>
    fork(source('test/helpers/key-writer.mjs'), [program, file, name, '25'], { stdio: 'inherit' }),
  );
  onTestFinished(() => {
    for (const writer of writers) writer.kill('SIGKILL');
  });
  await Promise.all(writers.map((writer) => once(writer, 'message')));
  const exits = writers.map((writer) => once(writer, 'exit'));
  for (const writer of writers) writer.send('go');
  expect((await Promise.all(exits)).map(([code]) => code)).toEqual([0, 0]);
  const problems: string[] = [];
  const list = await createKeys({ path: file, onProblem: (problem) => problems.push(englishOf(problem)) }).list();
  expect(new Set(list.map(({ label }) => label)).size).toBe(50);
  expect(problems).toEqual([]);
  expect(readdirSync(path.dirname(file))).toEqual(['keys.json']);
});
