import type { BudgetState } from '../../shared/budgets.js';
import { formatPercent } from '../../words/format.js';
import { stopText, usedText } from '../../words/format-budget.js';
import { t } from '../../words/index.js';
import type { SystemNotification } from '../notices/notifications.js';

/** What the system shows when a budget reaches an alert. Pure. */
export function alertText(state: BudgetState): SystemNotification {
  const title =
    state.level >= 100
      ? t('app.notices.budgetUsedUp')
      : t('app.notices.budgetAt', { percent: formatPercent(state.level) });
  return { title, body: state.stopped ? stopText(state) : t('app.notices.budgetUsed', { used: usedText(state) }) };
}
