import type { BudgetPeriod, BudgetState } from './budgets.js';
import { formatMoney, UNKNOWN } from './format.js';

/** Budgets as the app tells them, where what can be done is pressed and not typed. Pure. */

const PER: Readonly<Record<BudgetPeriod, string>> = { day: 'a day', week: 'a week', month: 'a month' };
const MONTH_DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' });

/** From here on a budget is told where nobody asked for it. */
const WORTH_TELLING_PERCENT = 80;

/** An amount that a person has set: with no more digits than they gave. */
function setMoney(nanoUsd: number): string {
  return formatMoney(nanoUsd, { cents: nanoUsd % 1e7 === 0 });
}

type Amount = Pick<BudgetState, 'amountNanoUsd' | 'period'>;

/** "$5.00 a day". */
export function amountText({ amountNanoUsd, period }: Amount): string {
  return `${setMoney(amountNanoUsd)} ${PER[period]}`;
}

/** Whole percent, downwards: 100 only when it is used up. Undefined: not known yet. */
export function percentOf({ spentNanoUsd, amountNanoUsd }: BudgetState): number | undefined {
  return spentNanoUsd === undefined ? undefined : Math.floor((spentNanoUsd / amountNanoUsd) * 100);
}

/** "Project prj_1", 'Key "ci"'; undefined for all requests. `nameOf` gives a project's name. */
export function scopeName({ scope }: Pick<BudgetState, 'scope'>, nameOf?: (id: string) => string): string | undefined {
  if (scope.kind === 'all') return undefined;
  if (scope.kind === 'key') return `Key “${scope.label}”`;
  return `Project ${nameOf?.(scope.projectId) ?? scope.projectId}`;
}

/** "80 % of $5.00 a day used", with whose it is where it is not everybody's; "≥" where something is missing in it. */
export function usedText(state: BudgetState, nameOf?: (id: string) => string): string {
  const percent = percentOf(state);
  const shown = percent === undefined ? UNKNOWN : `${state.partial + state.unknown > 0 ? '≥' : ''}${percent} %`;
  const name = scopeName(state, nameOf);
  return `${name === undefined ? '' : `${name}: `}${shown} of ${amountText(state)} used`;
}

/** "midnight", "Monday" or "December 1", when the period ends. */
export function untilText({ period, periodEnd }: Pick<BudgetState, 'period' | 'periodEnd'>): string {
  if (period === 'day') return 'midnight';
  return period === 'week' ? 'Monday' : MONTH_DAY.format(periodEnd);
}

/** "at midnight", "on Monday" or "on December 1": when it begins anew. */
export function resetText(state: Pick<BudgetState, 'period' | 'periodEnd'>): string {
  return `${state.period === 'day' ? 'at' : 'on'} ${untilText(state)}`;
}

/** Which requests are refused, until when and why. */
export function stopText(state: BudgetState, nameOf?: (id: string) => string): string {
  const { scope, id } = state;
  const until = `are refused until ${untilText(state)}`;
  if (scope.kind === 'key') {
    return `Requests with the key “${scope.label}” ${until}: its limit of ${amountText(state)} is used up.`;
  }
  const whose = scope.kind === 'project' ? ` to project ${nameOf?.(scope.projectId) ?? scope.projectId}` : '';
  return `New requests${whose} ${until}: budget ${id} is used up.`;
}

/** What is not in the sum, or not in full: "2 requests of unknown cost beside it". */
export function missingText({ partial, unknown }: Pick<BudgetState, 'partial' | 'unknown'>): string | undefined {
  const requests = (count: number) => `${count} request${count === 1 ? '' : 's'}`;
  const told = [
    unknown > 0 && `${requests(unknown)} of unknown cost beside it`,
    partial > 0 && `${requests(partial)} counted in part`,
  ].filter(Boolean);
  return told.length === 0 ? undefined : told.join(', ');
}

/** Those that a person should know of: the ones that stop first, then the ones closest to their end. */
export function worthTelling(budgets: readonly BudgetState[]): readonly BudgetState[] {
  return budgets
    .filter((state) => state.stopped || (percentOf(state) ?? 0) >= WORTH_TELLING_PERCENT)
    .sort((a, b) => Number(b.stopped) - Number(a.stopped) || (percentOf(b) ?? 0) - (percentOf(a) ?? 0));
}

/** The budget for which no request passes at all with this project; a key's limit leaves the other keys. */
export function blockingBudget(budgets: readonly BudgetState[], projectId: string): BudgetState | undefined {
  return budgets.find(
    ({ stopped, scope }) =>
      stopped && (scope.kind === 'all' || (scope.kind === 'project' && scope.projectId === projectId)),
  );
}

/** "≥$4.02 of $5.00 (80 %)". */
export function spentText(state: BudgetState): string {
  const { spentNanoUsd, amountNanoUsd, partial, unknown } = state;
  const percent = percentOf(state);
  const spent = formatMoney(spentNanoUsd, { atLeast: partial + unknown > 0 });
  return `${spent} of ${setMoney(amountNanoUsd)}${percent === undefined ? '' : ` (${percent} %)`}`;
}
