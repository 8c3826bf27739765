import type { BudgetState } from '../../src/shared/budgets.js';

/** A budget of $5.00 a day of which nothing is spent, but for the fields that are given. */
export function budgetState(fields: Partial<BudgetState> = {}): BudgetState {
  return {
    id: 'all-day',
    scope: { kind: 'all' },
    period: 'day',
    amountNanoUsd: 5e9,
    alerts: [50, 80, 100],
    hardStop: false,
    periodStart: new Date(2026, 10, 24).getTime(),
    periodEnd: new Date(2026, 10, 25).getTime(),
    spentNanoUsd: 0,
    possibleNanoUsd: 0,
    partial: 0,
    unknown: 0,
    level: 0,
    stopped: false,
    refused: 0,
    ...fields,
  };
}

/** The same, used up, where it refuses requests. */
export function stoppedBudget(fields: Partial<BudgetState> = {}): BudgetState {
  return budgetState({ spentNanoUsd: 5.2e9, level: 100, hardStop: true, stopped: true, ...fields });
}
