import { afterEach, expect, test } from 'vitest';
import { english, type MessageKey, parts, t, textOf } from '../../src/words/index.js';
import { PSEUDO_LOCALE, setLocale } from '../../src/words/locale.js';
import { say } from '../../src/words/say.js';

afterEach(() => setLocale(undefined));

test('a message without placeholders is its text', () => {
  expect(t('settings.port.label')).toBe('Port');
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
  const key: MessageKey = 'settings.port.label';
  expect(t(key)).toBe('Port');
});

test('a message made elsewhere is rendered where it is shown', () => {
  const message = say('count.requestsOf', { count: 2, tool: 'Codex' });
  expect(textOf(message, 'app')).toBe('2 requests of Codex');
});

test('a message with tags gives texts and what the tags became, in their order', () => {
  const bold = (inner: unknown) => ({ b: inner });
  expect(parts('app.frame.firstRequest', { tool: 'Codex', strong: bold })).toEqual([
    'It works: first request from ',
    { b: ['Codex'] },
    '.',
  ]);
  // @ts-expect-error What stands for the tag is missing.
  expect(() => parts('app.frame.firstRequest', { tool: 'Codex' })).toThrow();
  // @ts-expect-error A message with tags is no plain text.
  expect(t('app.frame.demo')).toContain('<strong>');
});

test('a name that is written from the right leaves what surrounds it where it was', () => {
  expect(t('count.requestsOf', { count: 1, tool: 'אבג' })).toBe('1 request of \u2068אבג\u2069');
  expect(t('app.frame.copyEnv', { shell: 'a\u202eb' })).toBe('Copy env · \u2068a\u202eb\u2069');
  expect(t('app.frame.copyEnv', { shell: '日本語 zsh' })).toBe('Copy env · 日本語 zsh');
});

test('the pseudo-locale marks, accents and lengthens text, and keeps values', () => {
  setLocale(PSEUDO_LOCALE);
  expect(t('settings.port.label')).toBe('⟦Þöŕţ~~⟧');
  expect(t('count.requestsOf', { count: 2, tool: 'Codex' })).toMatch(/^⟦2 ŕéǫûéšţš öƒ Codex~+⟧$/);
  expect(english('count.requestsOf', { count: 2, tool: 'Codex' })).toBe('2 requests of Codex');
});

test('a locale without words of ours is English', () => {
  setLocale('xx');
  expect(t('settings.port.label')).toBe('Port');
});
