import type { BudgetState } from '../../shared/budgets.js';
import { formatPercent } from '../../words/format.js';
import { stopText, usedText } from '../../words/format-budget.js';
import type { Told } from '../notices/notifications.js';

/** What the system shows when a budget reaches an alert. Pure. */
export function alertText(state: BudgetState): Told {
  const title = state.level >= 100 ? 'A budget is used up' : `A budget is at ${formatPercent(state.level)}`;
  return { title, body: state.stopped ? stopText(state) : `${usedText(state)}.` };
}
