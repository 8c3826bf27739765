import { expect, test } from 'vitest';
import { actionsOf, stateWords } from '../../../../src/renderer/views/connect/tool-words.js';
import type { ToolState } from '../../../../src/shared/tools.js';
import { t } from '../../../../src/words/index.js';

const STATES: readonly ToolState<string>[] = [
  { status: 'connected' },
  { status: 'not-connected' },
  { status: 'elsewhere', address: 'https://gw.example' },
  { status: 'old-address', address: 'http://127.0.0.1:1' },
  { status: 'wrong-path', address: 'http://127.0.0.1:2' },
  { status: 'stale-key' },
  { status: 'incomplete', missing: ['env.X'] },
  { status: 'changed', keys: ['env.X'] },
  { status: 'unreadable', reason: 'The file is not valid JSON.' },
  { status: 'by-hand', possible: true },
  { status: 'by-hand', possible: false },
];
const labels = (isOurs: boolean) =>
  STATES.map((state) =>
    actionsOf({ state, isOurs })
      .map(({ label }) => t(label))
      .join(', '),
  );

test('each state has what can be done about it', () => {
  expect(labels(false)).toEqual([
    '',
    'Connect',
    'Connect',
    ...Array<string>(5).fill('Connect again'),
    '',
    'Show how',
    'Why not',
  ]);
});

test('what Meshbar wrote can be taken out, wherever the tool leads now', () => {
  expect(labels(true).slice(0, 8)).toEqual([
    'Disconnect',
    'Disconnect, Connect',
    'Disconnect, Connect',
    ...Array<string>(5).fill('Disconnect, Connect again'),
  ]);
});

test('each state is said in words of its own', () => {
  expect(new Set(STATES.map((state) => stateWords(state))).size).toBe(STATES.length);
  expect(stateWords({ status: 'elsewhere', address: 'https://gw.example' })).toBe('Sends to https://gw.example');
});
