import { expect, test } from 'vitest';
import { blockingBudget, budgetsNearLimit, percentOf } from '../../src/shared/budgets.js';
import {
  amountText,
  budgetSpentText,
  missingText,
  resetText,
  spentText,
  stopText,
  usedText,
} from '../../src/words/format-budget.js';
import { budgetState, stoppedBudget } from '../helpers/budget-state.js';

const PROJECT = { kind: 'project', projectId: 'prj_1' } as const;
const KEY = { kind: 'key', keyId: 'key_1', label: 'ci' } as const;

test('what is used is in percent, downwards', () => {
  expect(usedText(budgetState({ spentNanoUsd: 4.04e9 }))).toBe('80% of $5.00 a day used');
  expect(usedText(budgetState({ spentNanoUsd: 4.999e9 }))).toBe('99% of $5.00 a day used');
  expect(spentText(budgetState({ spentNanoUsd: 4.02e9 }))).toBe('$4.02 of $5.00 (80%)');
});

test.each([
  [2.9e9, 10e9, 29],
  [4_999_999_999, 5e9, 99],
  [7_632_001_055_237_817, 7_632_001_055_237_818, 99],
  [5e9, 5e9, 100],
  [10e9, 5e9, 200],
  [undefined, 5e9, undefined],
])('%s of %s is %s percent: 100 only when it is used up', (spentNanoUsd, amountNanoUsd, percent) => {
  expect(percentOf({ spentNanoUsd, amountNanoUsd })).toBe(percent);
});

test.each([
  [4_999_999_999, '$4.99'],
  [5e9, '$5.00'],
  [999_600_000, '$0.999'],
  [999_999, '<$0.001'],
  [1_999_990_000_000, '$1,999'],
])('what is spent, %s, is never rounded up to a limit that is not reached: %s', (spentNanoUsd, text) => {
  const state = budgetState({ spentNanoUsd, amountNanoUsd: 2e12 });
  expect(spentText(state)).toMatch(`${text} of $2,000 (`);
  expect(budgetSpentText(state)).toMatch(`${text} of $2,000 today (`);
});

test('the terminal says so of the period', () => {
  expect(budgetSpentText(budgetState({ spentNanoUsd: 4.02e9, partial: 1, unknown: 3 }))).toBe(
    '≥$4.02 of $5.00 today (80%), 3 requests of unknown cost not counted',
  );
  expect(budgetSpentText(budgetState({ spentNanoUsd: undefined, period: 'week' }))).toBe('– of $5.00 this week');
});

test('a sum in which something is missing is at least so much, and what is unknown is a dash', () => {
  expect(usedText(budgetState({ spentNanoUsd: 4e9, partial: 1 }))).toBe('≥80% of $5.00 a day used');
  expect(spentText(budgetState({ spentNanoUsd: 4e9, unknown: 2 }))).toBe('≥$4.00 of $5.00 (80%)');
  expect(usedText(budgetState({ spentNanoUsd: undefined }))).toBe('– of $5.00 a day used');
  expect(spentText(budgetState({ spentNanoUsd: undefined }))).toBe('– of $5.00');
  expect(missingText({ partial: 1, unknown: 2, possibleNanoUsd: 0 })).toBe(
    '2 requests of unknown cost not counted, 1 request only partly counted',
  );
  expect(missingText({ partial: 0, unknown: 0, possibleNanoUsd: 0 })).toBeUndefined();
});

test('whose it is is said where it is not everybody’s', () => {
  const spent = { spentNanoUsd: 4.5e9 };
  expect(usedText(budgetState({ ...spent, scope: PROJECT }))).toBe('Project prj_1: 90% of $5.00 a day used');
  expect(usedText(budgetState({ ...spent, scope: PROJECT }), () => 'Research')).toContain('Project Research: 90%');
  expect(usedText(budgetState({ ...spent, scope: KEY }))).toBe('Key “ci”: 90% of $5.00 a day used');
});

test('a stop says which requests, until when and why', () => {
  expect(stopText(stoppedBudget())).toBe('Today’s $5 budget is used up. Requests are refused until midnight.');
  expect(stopText(stoppedBudget({ scope: PROJECT, id: 'prj_1-week', period: 'week' }), () => 'Research')).toBe(
    'This week’s $5 budget for project Research is used up. Its requests are refused until Monday.',
  );
  expect(stopText(stoppedBudget({ amountNanoUsd: 2.5e9 }))).toMatch(/^Today’s \$2\.50 budget/);
  expect(stopText(stoppedBudget({ scope: KEY, period: 'month', periodEnd: new Date(2026, 11, 1).getTime() }))).toBe(
    'This month’s $5 limit of the key “ci” is used up. Its requests are refused until December 1.',
  );
});

test('amounts have no more digits than were given', () => {
  expect(amountText({ amountNanoUsd: 5e7, period: 'week' })).toBe('$0.05 a week');
  expect(amountText({ amountNanoUsd: 5e6, period: 'week' })).toBe('$0.005 a week');
  expect(resetText({ period: 'week', periodEnd: 0 })).toBe('on Monday');
});

test('told are those from 80%, the ones that stop first', () => {
  const near = budgetState({ id: 'near', spentNanoUsd: 4e9 });
  const nearer = budgetState({ id: 'nearer', spentNanoUsd: 6e9 });
  const stopped = stoppedBudget({ id: 'stopped' });
  const well = budgetState({ id: 'well', spentNanoUsd: 3.99e9 });
  const unknown = budgetState({ id: 'unknown', spentNanoUsd: undefined });
  expect(budgetsNearLimit([near, well, nearer, unknown, stopped]).map(({ id }) => id)).toEqual([
    'stopped',
    'nearer',
    'near',
  ]);
});

test('a key’s limit and another project’s budget leave requests that pass', () => {
  expect(blockingBudget([stoppedBudget({ scope: KEY }), stoppedBudget({ scope: PROJECT })], 'prj_2')).toBeUndefined();
  expect(blockingBudget([stoppedBudget({ scope: PROJECT })], 'prj_1')?.id).toBe('all-day');
  expect(blockingBudget([budgetState({ spentNanoUsd: 6e9, hardStop: true, liftedUntil: 1 })], 'prj_1')).toBeUndefined();
});
