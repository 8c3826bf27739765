/** Whatever a file looks like: connecting keeps all that is in it, and disconnecting gives the same bytes back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileTool } from '../../src/tools/adapter.js';
import { receiptOf } from '../../src/tools/files/receipt-of.js';
import { createReceipts, type Receipt } from '../../src/tools/files/receipts.js';
import { revert } from '../../src/tools/files/revert.js';
import { editText } from '../../src/tools/formats/edit-text.js';
import { obstacleOn, valueAt } from '../../src/tools/formats/values.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { ADDRESS, FILE_TOOLS } from './machine.js';

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'a "quoted" \\ text', '# no comment', '// none either', '{', '[x]', 'é\u0000', "it's"),
  fc.boolean(),
  fc.integer({ min: -1000, max: 1000 }),
);
const NAMES = [
  'env',
  'provider',
  'model_providers',
  'language_models',
  'models',
  'openai',
  'anthropic',
  'options',
  'meshbar',
];
const name = fc.oneof(fc.constantFrom(...NAMES), fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/));

const { tree } = fc.letrec((tie) => ({
  tree: fc.dictionary(
    name,
    fc.oneof({ depthSize: 'small', maxDepth: 3 }, scalar, fc.array(scalar, { maxLength: 3 }), tie('tree')),
    { maxKeys: 5 },
  ),
}));

/** A comment behind some lines, numbered so that each can be looked for. */
function withComments(text: string, mark: string, at: readonly boolean[]): string {
  const lines = text.split('\n');
  return lines.map((line, i) => (at[i % at.length] ? `${line} ${mark} comment ${i}` : line)).join('\n');
}

const jsonText = fc
  .tuple(
    tree,
    fc.constantFrom(undefined, 2, 4, '\t'),
    fc.array(fc.boolean(), { minLength: 1 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([value, indent, comments, trailing, crlf]) => {
    let text = JSON.stringify(value, undefined, indent);
    if (trailing) text = text.replace(/([^\s{,])\n([ \t]*)\}/g, '$1,\n$2}');
    if (text.includes('\n')) text = withComments(text, '//', comments);
    return crlf ? `${text}\n`.replaceAll('\n', '\r\n') : `${text}\n`;
  });

const tomlValue = fc.oneof(
  fc.boolean().map(String),
  fc.integer().map(String),
  fc.stringMatching(/^[ -~]{0,12}$/).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    "'raw \\ text'",
    '"""\nmany\n[lines]\n"""',
    '[1, 2]',
    '["a",\n  "b", # one\n]',
    '{ a = 1, b = "x" }',
    '1979-05-27',
  ),
);
const tomlRows = fc
  .dictionary(name, tomlValue, { maxKeys: 4 })
  .map((rows) => Object.entries(rows).map(([key, value]) => `${key} = ${value}`));
const tomlText = fc
  .tuple(
    tomlRows,
    fc.uniqueArray(fc.tuple(fc.constantFrom('', 'model_providers.', 'profiles.'), name), {
      selector: ([a, b]) => a + b,
      maxLength: 4,
    }),
    fc.array(tomlRows, { minLength: 4, maxLength: 4 }),
    fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
    fc.constantFrom('\n', ''),
  )
  .map(([root, tables, rows, comments, end]) => {
    const blocks = tables.map(([prefix, key], i) => [`[${prefix}${key}]`, ...(rows[i] ?? [])].join('\n'));
    const above = comments[0] ? '# head comment\n' : '';
    const text =
      above +
      [root.join('\n'), ...blocks].filter((block) => block !== '').join(comments[1] ? '\n\n# part comment\n' : '\n');
    return text === '' ? '' : `${text}${end}`;
  });

const yamlValue = fc.oneof(
  fc.boolean().map(String),
  fc.stringMatching(/^[ -~]{0,12}$/).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    'plain text',
    "'single'",
    '|\n  many\n  lines\n',
    '>-\n  folded\n\n  text',
    '[a, b]',
    '{a: 1}',
    '',
    '\n  - a\n  - b # one',
    '\n- a\n- name: b\n  c: d',
    '\n  a: 1\n  b:\n    - 2',
  ),
);
const yamlText = fc
  .tuple(
    fc.dictionary(fc.oneof(name, fc.constantFrom('set-env', 'openai-api-base', 'openai-api-key')), yamlValue, {
      maxKeys: 6,
    }),
    fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
    fc.constantFrom('\n', ''),
  )
  .map(([entries, marks, end]) => {
    const lines = Object.entries(entries).map(([key, value], i) => {
      const above = marks[i % marks.length] ? `# comment ${i}\n` : '';
      const gap = value.startsWith('\n') || value === '' ? '' : ' ';
      return `${above}${key}:${gap}${value}`;
    });
    return lines.length === 0 ? '' : lines.join(marks[0] ? '\n\n' : '\n') + end;
  });

const TEXTS = { JSON: jsonText, TOML: tomlText, YAML: yamlText };
const HAND = { JSON: '// by hand\n', TOML: '# by hand\n', YAML: '# by hand\n' };

/** Tools that take no comments and no trailing commas must not be given any. */
function expectAsStrict(tool: FileTool, before: string, after: string): void {
  if (tool.format.name !== 'JSON') return;
  try {
    JSON.parse(before);
  } catch {
    return;
  }
  expect(() => JSON.parse(after)).not.toThrow();
}

function connected(tool: FileTool, text: string) {
  let config: unknown;
  try {
    config = tool.format.parse(text);
  } catch {
    return undefined;
  }
  const settings = tool
    .settings(ADDRESS)
    .filter(({ path, role }) => role !== 'optional' || valueAt(config, path) === undefined);
  if (settings.some(({ path }) => obstacleOn(config, path))) return undefined;
  const edited = editText(tool.format, text, settings);
  const base = { bytes: Buffer.from(text), text, config };
  const receipt = { tool: '', file: '', madeFolders: [], ...receiptOf(base, settings, Buffer.from(edited)) };
  return { config, settings, edited, receipt };
}

/** As disconnecting finds it: written to a file and read again, where it holds anything that could suffer by that. */
async function keptAndRead(receipt: Receipt, folder: string): Promise<Receipt> {
  if (receipt.changes.every(({ before }) => before === undefined)) return receipt;
  const receipts = createReceipts(folder);
  await receipts.keep(receipt);
  return (await receipts.of(receipt.tool, receipt.file)) as Receipt;
}

const fileOf = (text: string) => ({ file: '', bytes: Buffer.from(text), text, mode: 0o600 });

describe.each(FILE_TOOLS)('$id', (tool) => {
  const texts = TEXTS[tool.format.name];
  const runs = { numRuns: 150 };

  test('our keys are in, all others are what they were, and the same bytes come back', () => {
    let tried = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const done = connected(tool, text);
        if (!done) return;
        tried += 1;
        const parsed = tool.format.parse(done.edited);
        for (const { path, value } of done.settings) expect(valueAt(parsed, path)).toEqual(value);
        for (const comment of text.match(/(?:\/\/|#) [a-z]* ?comment \d*/g) ?? [])
          expect(done.edited).toContain(comment);
        expect(editText(tool.format, done.edited, done.settings)).toBe(done.edited);
        expectAsStrict(tool, text, done.edited);
        const { bytes } = revert(tool.format, fileOf(done.edited), done.receipt);
        expect(bytes?.toString()).toBe(text);
      }),
      runs,
    );
    expect(tried).toBeGreaterThan(50);
  });

  test('changed by hand since, the rest stays as the hand left it', async () => {
    const folder = tempFolder();
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const done = connected(tool, text);
        if (!done) return;
        const hand = HAND[tool.format.name] + done.edited;
        const receipt = await keptAndRead(done.receipt, folder);
        const { bytes, changedByHand } = revert(tool.format, fileOf(hand), receipt);
        expect(changedByHand).toEqual([]);
        const left = (bytes as Buffer).toString();
        expectAsStrict(tool, text, left.replace(HAND[tool.format.name], ''));
        expect(tool.format.parse(left) ?? {}).toEqual(done.config ?? {});
        expect(left).toContain(HAND[tool.format.name]);
        for (const comment of text.match(/(?:\/\/|#) [a-z]* ?comment \d*/g) ?? []) expect(left).toContain(comment);
      }),
      runs,
    );
  });
});
