import type { BudgetPeriod, BudgetState } from './budgets.js';
import { formatMoment, formatMoney, UNKNOWN } from './format.js';

/** Budgets as people read them. Pure. */

type ShownBudget = Omit<BudgetState, 'refused'>;

/** From how many percent on a shell that shows little shows a budget. */
const WORTH_SHOWING_PERCENT = 80;

const PERIOD_WORDS: Readonly<Record<BudgetPeriod, string>> = {
  day: 'today',
  week: 'this week',
  month: 'this month',
};

/** "≥$4.02 of $5.00 today (80 %), 3 requests of unknown cost beside it". */
export function budgetSpentText(state: ShownBudget): string {
  const { spentNanoUsd, amountNanoUsd, partial, unknown, period } = state;
  const spent = formatMoney(spentNanoUsd, { atLeast: partial + unknown > 0 });
  const percent = spentNanoUsd === undefined ? UNKNOWN : `${percentOf(state)} %`;
  const beside = unknown === 0 ? '' : `, ${unknown} request${unknown === 1 ? '' : 's'} of unknown cost beside it`;
  return `${spent} of ${formatMoney(amountNanoUsd)} ${PERIOD_WORDS[period]} (${percent})${beside}`;
}

/** What it is, how much is spent, and what that means for requests. */
export function budgetLine(state: ShownBudget): string {
  return `${budgetName(state)}: ${budgetSpentText(state)}${consequence(state)}`;
}

export function isWorthShowing(state: ShownBudget): boolean {
  return percentOf(state) >= WORTH_SHOWING_PERCENT;
}

/** 'Budget all-day', 'Limit of the key "ci"'. */
function budgetName({ scope, id }: ShownBudget): string {
  return scope.kind === 'key' ? `Limit of the key "${scope.label}"` : `Budget ${id}`;
}

/** Whole percent, downwards: 100 only when it is used up. */
function percentOf({ spentNanoUsd = 0, amountNanoUsd }: ShownBudget): number {
  return Math.floor((spentNanoUsd / amountNanoUsd) * 100);
}

function consequence({ stopped, hardStop, liftedUntil, periodEnd, id }: ShownBudget): string {
  if (stopped) {
    return `. Requests are refused until ${formatMoment(periodEnd)}; \`meshbar budget lift ${id}\` lets them pass.`;
  }
  if (hardStop && liftedUntil !== undefined) return `. Lifted until ${formatMoment(liftedUntil)}.`;
  return '.';
}

/** Why a request is refused, until when, and how to go on: for the client that sent it. */
export function budgetRefusal(state: ShownBudget): string {
  const { scope, id, period } = state;
  const raise =
    scope.kind === 'key'
      ? `meshbar key limit ${id} <more>/${period}`
      : `meshbar budget set <more>/${period} --stop${scope.kind === 'project' ? ` --project ${scope.projectId}` : ''}`;
  return `${budgetName(state)} is used up: ${budgetSpentText(state)}. Requests are refused until ${formatMoment(state.periodEnd)}. To go on, lift it until then with \`meshbar budget lift ${id}\`, or raise it with \`${raise}\`.`;
}
