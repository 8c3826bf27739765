/** The whole catalogue, held to the grammar of ICU MessageFormat and to what the compiler takes for names. */
import { readdirSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { EN } from '../../src/words/en/index.js';
import { pseudo } from '../../src/words/pseudo.js';

const messages = Object.entries(EN) as [string, string][];

/** The names that the grammar finds. */
function namesOf(pattern: string): string[] {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const node = value as { type?: number; value?: unknown; options?: object };
      // 0 is literal text, 7 the "#" of a plural; all others name a value.
      if (typeof node.type === 'number' && node.type !== 0 && node.type !== 7) names.add(String(node.value));
      for (const child of Object.values(node.options ?? {})) walk((child as { value: unknown }).value);
    }
  };
  walk(new IntlMessageFormat(pattern, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

/** The tags that are closed, which are those that the type TagsIn finds. */
const tagsOf = (pattern: string) => [...pattern.matchAll(/<\/(\w+)>/g)].map(([, tag]) => tag);

/** The names that the type NamesIn finds. */
function namesForTheCompiler(pattern: string): string[] {
  const heads = [...pattern.matchAll(/\{([^}]*)\}?/g)].map(([, head = '']) => head.split(/[,{]/)[0] as string);
  const nested = [...pattern.matchAll(/\{(?=[^}]*\})([^{},]*)/g)].map(([, head = '']) => head);
  return [...new Set([...heads, ...nested])].filter((name) => name !== '' && !/[ #.']/.test(name)).sort();
}

test.each(messages)('%s is a message whose names the compiler sees', (_key, pattern) => {
  expect(namesForTheCompiler(pattern)).toEqual(namesOf(pattern));
});

test.each(messages)('%s keeps its names and tags in the pseudo-locale', (_key, pattern) => {
  expect(namesOf(pseudo(pattern))).toEqual(namesOf(pattern));
  expect(tagsOf(pseudo(pattern))).toEqual(tagsOf(pattern));
});

test.each(messages)('%s takes its dates and amounts formatted', (_key, pattern) => {
  expect(pattern).not.toMatch(/\{\w+,\s*(?:number|date|time)\b/);
});

test('each area has a file of its name, and its keys begin with the path of it', () => {
  const folder = new URL('../../src/words/en', import.meta.url);
  const areas = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${name.replace(/\.ts$/, '').replaceAll(/[\\/]/g, '.')}.`);
  const strays = messages.map(([key]) => key).filter((key) => !areas.some((area) => key.startsWith(area)));
  expect(strays).toEqual([]);
});
