import { expect, test } from 'vitest';
import { consequencesOf, consequencesOfNewKey } from '../../../src/main/settings/consequences.js';
import { DEFAULT_SETTINGS as BEFORE } from '../../../src/settings/app-settings.js';

const RUNNING = { isRunning: true, active: 0, drainSeconds: 10, tools: ['Claude Code', 'Codex'] };

test('looks change nothing for the proxy', () => {
  const after = { ...BEFORE, theme: 'dark', keepOpen: true } as const;
  expect(consequencesOf(BEFORE, after, RUNNING)).toEqual([]);
});

test('a new port restarts the proxy and names the tools to tell', () => {
  const after = { ...BEFORE, port: 9000 };
  expect(consequencesOf(BEFORE, after, RUNNING)).toEqual([
    'The proxy starts again.',
    'Give the new address to: Claude Code, Codex.',
  ]);
});

test('what is in flight is said, and a stopped proxy does not start', () => {
  const after = { ...BEFORE, host: '::1' };
  expect(consequencesOf(BEFORE, after, { ...RUNNING, active: 1, tools: [] })).toEqual([
    'The proxy starts again, after what is in flight: 1 request has 10 s to end.',
    'Tools that you pointed at the proxy need the new address.',
  ]);
  expect(consequencesOf(BEFORE, after, { ...RUNNING, isRunning: false })).toEqual([
    'Give the new address to: Claude Code, Codex.',
  ]);
});

test('local keys off is a warning, and on again means that tools must show one', () => {
  const off = { ...BEFORE, insecure: true };
  expect(consequencesOf(BEFORE, off, RUNNING)).toContain(
    'Every program that reaches the proxy may spend your money now.',
  );
  expect(consequencesOf(off, BEFORE, RUNNING)).toContain('Give the new key to: Claude Code, Codex.');
  expect(consequencesOf(off, { ...BEFORE, port: 9000 }, RUNNING)).toContain(
    'Give the new address and key to: Claude Code, Codex.',
  );
});

test('a new key means that tools must be told, by name where they are known', () => {
  expect(consequencesOfNewKey(['Codex'])).toEqual([
    'The old key is refused from now on.',
    'Give the new key to: Codex.',
  ]);
  expect(consequencesOfNewKey([])[1]).toBe('Tools that you pointed at the proxy need the new key.');
});
