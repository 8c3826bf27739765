import { expect, test } from 'vitest';
import { alertText } from '../../../src/main/budgets/alert-text.js';
import { budgetState, stoppedBudget } from '../../helpers/budget-state.js';

test('each alert says how much is used, and a stop what it means', () => {
  expect(alertText(budgetState({ spentNanoUsd: 2.6e9, level: 50 }))).toEqual({
    title: 'A budget is at 50%',
    body: '52% of $5.00 a day used.',
  });
  expect(alertText(budgetState({ spentNanoUsd: 5.2e9, level: 100 }))).toEqual({
    title: 'A budget is used up',
    body: '104% of $5.00 a day used.',
  });
  expect(alertText(stoppedBudget())).toEqual({
    title: 'A budget is used up',
    body: 'Today’s $5 budget is used up. Requests are refused until midnight.',
  });
});
