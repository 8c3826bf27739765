import { expect, test } from 'vitest';
import { conflictOf, setterOf } from '../../../../../src/renderer/views/settings/budgets/budget-input.js';
import { budgetState } from '../../../../helpers/budget-state.js';

test('a budget is set again with the alerts that somebody gave it', () => {
  expect(setterOf(budgetState({ alerts: [90], hardStop: true }))).toEqual({
    scope: { kind: 'all' },
    period: 'day',
    amountNanoUsd: 5e9,
    alerts: [90],
    hardStop: true,
  });
  expect(setterOf(budgetState({ scope: { kind: 'key', keyId: 'key_1', label: 'ci' } }))).toBeUndefined();
});

test('there is one budget for each scope and period', () => {
  const existing = [budgetState(), budgetState({ scope: { kind: 'project', projectId: 'prj_1' }, period: 'week' })];
  expect(conflictOf(existing, '', 'day')).toBe('There is already such a budget. Edit that one.');
  expect(conflictOf(existing, 'prj_1', 'week')).toBeDefined();
  expect(conflictOf(existing, '', 'week')).toBeUndefined();
  expect(conflictOf(existing, 'prj_1', 'day')).toBeUndefined();
});
