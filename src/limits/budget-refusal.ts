import type { Failure } from '../net/failure.js';
import type { BudgetState } from '../shared/budgets.js';
import { budgetRefusal } from '../words/format-budget.js';

/**
 * What a client is told for whom a budget is used up. The official SDKs try a 429 again unless told not to
 * (`x-should-retry`); others know their provider's code for money that is spent. Without `retry-after`: some would wait for it,
 * silently, until midnight.
 */
export function budgetFailure(state: BudgetState): Failure {
  return {
    status: 429,
    errorType: 'budget_used_up',
    headers: ['x-should-retry', 'false'],
    reason: budgetRefusal(state),
  };
}
