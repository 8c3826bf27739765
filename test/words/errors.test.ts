/** Every error has its words, in the terms of each shell, and the words have all they are filled in with. */
import { expect, expectTypeOf, test } from 'vitest';
import { type ErrorCode, type ErrorData, MeshbarError, toMeshbarError } from '../../src/shared/errors.js';
import { EN } from '../../src/words/en/index.js';
import { englishOf, errorText, textOf } from '../../src/words/index.js';
import { PSEUDO_LOCALE, setLocale } from '../../src/words/locale.js';
import type { NamesIn } from '../../src/words/message-values.js';

type Key = Extract<keyof typeof EN, `errors.${string}`>;
type Texts<K extends string> = Extract<Key, K | `${K}.app` | `${K}.terminal`>;

/** By the code and each `why`: what its data are, and what its sentences may be called. */
type Kinds = { [C in ErrorCode]: KindOf<C, ErrorData[C]> }[ErrorCode];
type KindOf<C extends ErrorCode, D> = D extends { readonly why: infer W extends string }
  ? { [One in W]: { own: `errors.${C}.${One}`; general: `errors.${C}`; data: keyof D } }[W]
  : { own: `errors.${C}`; general: `errors.${C}`; data: keyof D };

type Worded<Kind> = Kind extends { own: infer Own extends string; general: infer General extends string }
  ? [Texts<Own> | Texts<General>] extends [never]
    ? Own
    : never
  : never;

type Unfilled<Kind> = Kind extends { own: infer Own extends string; data: infer Data }
  ? Exclude<NamesIn<(typeof EN)[Texts<Own | `${Own}.hint`>]>, Data>
  : never;

type Named<Kind> = Kind extends { own: infer Own extends string; general: infer General extends string }
  ? Own | General | `${Own}.hint` | `${General}.hint`
  : never;

test('the compiler finds words for every error, what they need in its data, and no words without an error', () => {
  expectTypeOf<Worded<Kinds>>().toBeNever();
  expectTypeOf<Unfilled<Kinds>>().toBeNever();
  expectTypeOf<Exclude<Key, Texts<Named<Kinds>>>>().toBeNever();
});

/** Of what the terminal alone can be asked for. */
const OF_THE_TERMINAL = /\.(?:period_reversed|demo_by_hand|tool_file_changed\.connected)/;

const inTheApp = Object.entries(EN).filter(
  ([key]) => key.startsWith('errors.') && !key.endsWith('.terminal') && !OF_THE_TERMINAL.test(key),
);

test.each(inTheApp)('%s names no command and no option of the terminal', (_key, text) => {
  expect(text).not.toMatch(/`meshbar |--[a-z]/);
});

const taken = new MeshbarError('port_in_use', { port: '8766' }).facts;

test('each shell says the same of what went wrong, and in its own terms what to do about it', () => {
  const [app, terminal] = [errorText(taken, 'app'), errorText(taken, 'terminal')];
  expect(app.message).toBe('Port 8766 is taken by another program.');
  expect(terminal.message).toBe(app.message);
  expect(app.hint).toContain('in Settings');
  expect(terminal.hint).toContain('--port');
  expect(textOf(taken, 'app')).toBe(`${app.message} ${app.hint}`);
});

test('an error that another one caused is told within it, and lends its hint', () => {
  const problem = new MeshbarError('settings_unreadable', { why: 'json', file: '/s.json' }).facts;
  const { message, hint } = errorText({ code: 'no_upstream_token', data: { why: 'unreadable', problem } }, 'terminal');
  expect(message).toBe('You are not signed in to MeshAgent: /s.json is not valid JSON; it is left as it is.');
  expect(hint).toBe(errorText(problem, 'terminal').hint);
});

test('an error that has a hint of its own keeps it, whatever caused it', () => {
  const { facts } = new MeshbarError('session_offline', { why: 'known', problem: taken });
  expect(errorText(facts, 'terminal').hint).toBe('Check the network or VPN; Meshbar keeps trying.');
});

test('what nobody had thought of is told as it was thrown', () => {
  expect(errorText(toMeshbarError(new Error('odd')).facts, 'app')).toEqual({ code: 'internal', message: 'odd' });
  expect(englishOf(toMeshbarError('text').facts)).toBe('text');
});

test('errors follow the locale, but for clients and logs', () => {
  setLocale(PSEUDO_LOCALE);
  expect(errorText(taken, 'app').message).toMatch(/^⟦Þöŕţ 8766/);
  expect(englishOf(taken)).toMatch(/^Port 8766/);
  setLocale(undefined);
});
