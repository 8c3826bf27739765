import { afterEach, expect, test } from 'vitest';
import { english, type Message, type MessageKey, t, textOf } from '../../src/words/index.js';
import { PSEUDO_LOCALE, useLocale } from '../../src/words/locale.js';

afterEach(() => useLocale(undefined));

test('a message without placeholders is its text', () => {
  expect(t('settings.host.label')).toBe('Address');
});

test('a plural follows its number, which is written with separators', () => {
  expect([0, 1, 1200].map((count) => t('count.requests', { count }))).toEqual([
    '0 requests',
    '1 request',
    '1,200 requests',
  ]);
});

test('the compiler asks for each value, and for none where there is none', () => {
  // @ts-expect-error `tool` is missing.
  expect(() => t('count.requestsOf', { count: 1 })).toThrow('tool');
  // @ts-expect-error All values are missing.
  expect(() => t('count.requestsOf')).toThrow();
  const key: MessageKey = 'settings.host.label';
  expect(t(key)).toBe('Address');
});

test('a message made elsewhere is rendered where it is shown', () => {
  const message: Message = { key: 'count.requestsOf', values: { count: 2, tool: 'Codex' } };
  expect(textOf(message)).toBe('2 requests of Codex');
});

test('the pseudo-locale marks, accents and lengthens text, and keeps values', () => {
  useLocale(PSEUDO_LOCALE);
  expect(t('settings.host.label')).toBe('⟦Åððŕéšš~~~⟧');
  expect(t('count.requestsOf', { count: 2, tool: 'Codex' })).toMatch(/^⟦2 ŕéǫûéšţš öƒ Codex~+⟧$/);
  expect(english('count.requestsOf', { count: 2, tool: 'Codex' })).toBe('2 requests of Codex');
});

test('a locale without words of ours is English', () => {
  useLocale('xx');
  expect(t('settings.host.label')).toBe('Address');
});
