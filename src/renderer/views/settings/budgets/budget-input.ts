import type { BudgetPeriod, BudgetState } from '../../../../shared/budgets.js';
import type { RequestInput } from '../../../../shared/ipc.js';
import { t } from '../../../../words/index.js';

/** What a form makes of a budget. */

/** What sets this budget again as it is; undefined for the limit of a key, which is set with the key. */
export function setterOf(state: BudgetState): RequestInput<'budgets:set'> | undefined {
  const { scope, period, amountNanoUsd, alerts, hardStop } = state;
  if (scope.kind === 'key') return undefined;
  return { scope: { ...scope }, period, amountNanoUsd, alerts: [...alerts], hardStop };
}

/** Why there can't be another budget of that scope and period; `project` is empty for all requests. */
export function conflictOf(
  existing: readonly BudgetState[],
  project: string,
  period: BudgetPeriod,
): string | undefined {
  const isThere = existing.some(
    ({ scope, period: its }) => its === period && (scope.kind === 'project' ? scope.projectId : '') === project,
  );
  return isThere ? t('app.budgets.exists') : undefined;
}
