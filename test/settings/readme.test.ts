/** The README's table of options is the table of settings; `npx vitest run test/settings -u` writes it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type NameWith, namesWith, type Setting, TABLE } from '../../src/settings/table.js';
import { t } from '../../src/words/index.js';

const README = path.resolve(import.meta.dirname, '../../README.md');
const HEAD = '| option | does | default | in the app |\n|---|---|---|---|\n';

const code = (text: string) => `\`${text}\``;

function defaultOf(setting: Setting): string {
  const { type, default: value } = setting;
  if (typeof value === 'boolean' || value === undefined || value === null || value === '') return '';
  if (Array.isArray(value) || type.kind === 'choice') return '';
  return code(String(value));
}

function rowLabel(setting: Setting, label: string): string {
  return setting.row === undefined ? '' : `${t(`app.settings.${setting.row}`)}: ${label}`;
}

function rowOf(name: (typeof OPTIONS)[number]): string[] {
  const setting: Setting = TABLE[name];
  const options = [setting.option, setting.variable].filter((one) => one !== undefined).map(code);
  const label = (LABELS as readonly string[]).includes(name)
    ? t(`settings.${name as (typeof LABELS)[number]}.label`)
    : '';
  const rows = [[options.join(', '), t(`settings.${name}.option`), defaultOf(setting), rowLabel(setting, label)]];
  if (setting.off !== undefined) rows.push([code(setting.off), t(`settings.${name as NameWith<'off'>}.off`), '', '']);
  return rows.map((cells) => `| ${cells.join(' | ')} |\n`);
}

const OPTIONS = namesWith('option').filter((name) => !('hidden' in TABLE[name]));
const LABELS = namesWith('row');

test("the README's options are those of the table", async () => {
  const readme = readFileSync(README, 'utf8');
  const start = readme.indexOf(HEAD) + HEAD.length;
  const end = readme.indexOf('\n\n', start) + 1;
  expect(start).toBeGreaterThan(HEAD.length);
  const table = OPTIONS.flatMap(rowOf).join('');
  await expect(readme.slice(0, start) + table + readme.slice(end)).toMatchFileSnapshot(README);
});
