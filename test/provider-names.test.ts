/**
 * What is a provider's is in that provider's folder, and what is shown of it in one list: whoever adds a provider finds
 * no other place that knows one by its name. Read are all literals, names and paths of src, without comments and
 * imports.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ALL_PROVIDERS } from '../src/providers/registry.js';
import { PROVIDER_NAMES, PROVIDERS } from '../src/shared/providers.js';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Where names are at home, or are somebody else's. */
const AT_HOME: readonly (readonly [place: string, because: string])[] = [
  ...PROVIDER_NAMES.flatMap((name) => [
    [`src/providers/${name}/`, 'the provider itself'] as const,
    [`src/simulator/${name}/`, 'the provider, played'] as const,
  ]),
  ['src/shared/providers.ts', 'the list of what is shown'],
  ['src/providers/registry.ts', 'the list of descriptors'],
  ['src/simulator/providers.ts', 'the list of those that are played'],
  ['src/providers/provider.ts', 'fields of clients, by name, so that types hold them to client-fields.ts'],
  ['src/shared/client-fields.ts', 'one class of fixed shape with every field that is read of a request'],
  ['src/shared/snippets/', 'packages and settings of the SDKs and tools that the snippets are for'],
  ['src/tools/adapters/', 'settings of tools: which APIs a tool speaks, and its names for them'],
  ['src/tools/run/', 'variables and settings of tools'],
  ['src/simulator/demo/tools.ts', 'what SDKs send'],
  ['src/meter/tool.ts', 'names of tools, such as OpenAI’s own Agents SDK'],
  ['src/words/', 'sentences'],
];

const isAtHome = (file: string) => AT_HOME.some(([place]) => file === place || file.startsWith(place));

/** Names, and how variables begin: "openai", "xai". */
const NAMES = [
  ...new Set(
    PROVIDER_NAMES.flatMap((name) => [
      name,
      ...PROVIDERS[name].variables.map(({ address }) => address.split('_', 1)[0]?.toLowerCase() as string),
    ]),
  ),
];

/** In quotes, in a path, as a member or a word of a sentence, or as the start of a name in capitals. */
const LITERAL = new RegExp(`(?:['"\`/.=\\s(|$]|^)(?:${NAMES.join('|')})\\b|\\b(?:${NAMES.join('|')})[_-]`, 'i');

function literalsIn(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/^(?:import|export)\s[^;]*?\sfrom\s+'[^']+';$/gm, '');
  return code.split('\n').filter((line) => LITERAL.test(line));
}

const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => path.posix.join('src', name.replaceAll(path.sep, '/')));

test('a provider is named in its own folders alone', () => {
  const found = files
    .filter((file) => !isAtHome(file))
    .flatMap((file) =>
      literalsIn(readFileSync(path.join(ROOT, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});

test('names are found in every form', () => {
  const lines = [
    "if (name === 'openai') {",
    "target.startsWith('/anthropic')",
    '`http://127.0.0.1/openai/v1`',
    "'OPENAI_BASE_URL'",
    "'anthropic-version'",
    'PROVIDERS.anthropic',
    'A local proxy for OpenAI models',
  ];
  expect(literalsIn(lines.join('\n'))).toEqual(lines);
  const others = [
    "import { openai } from './openai/descriptor.js';",
    '// openai',
    '/** As OpenAI has it. */',
    'openaiUsage',
  ];
  expect(literalsIn(others.join('\n'))).toEqual([]);
});

test('every place that may name a provider is there', () => {
  for (const [place] of AT_HOME)
    expect(
      files.some((file) => file.startsWith(place)),
      place,
    ).toBe(true);
});

test('the lists agree on names, prefixes and base URLs', () => {
  expect(ALL_PROVIDERS.map(({ name }) => name)).toEqual(PROVIDER_NAMES);
  expect(ALL_PROVIDERS.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  for (const { name, prefix } of ALL_PROVIDERS) {
    expect(prefix).toBe(`/${name}`);
    expect(PROVIDERS[name].basePaths[0]).toMatch(new RegExp(`^${prefix}(?:/v1)?$`));
  }
});
