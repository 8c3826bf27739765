import type { BudgetPeriod, BudgetState } from './budgets.js';
import { formatMoment, formatMoney, UNKNOWN } from './format.js';

/** Budgets as people read them: first what every shell says, then the app's words, then the terminal's. Pure. */

/** From here on a budget is told where nobody asked for it. */
const WORTH_TELLING_PERCENT = 80;
const PER: Readonly<Record<BudgetPeriod, string>> = { day: 'a day', week: 'a week', month: 'a month' };
const THIS: Readonly<Record<BudgetPeriod, string>> = { day: 'today', week: 'this week', month: 'this month' };

/** `refused` is known to the process alone that refused. */
type ShownBudget = Omit<BudgetState, 'refused'>;

/**
 * Whole percent, downwards: 100 only when it is used up, which quotients of large numbers round up to. Undefined: not known
 * yet.
 */
export function percentOf({
  spentNanoUsd,
  amountNanoUsd,
}: Pick<BudgetState, 'spentNanoUsd' | 'amountNanoUsd'>): number | undefined {
  if (spentNanoUsd === undefined) return undefined;
  const percent = Math.floor((spentNanoUsd * 100) / amountNanoUsd);
  return spentNanoUsd < amountNanoUsd ? Math.min(percent, 99) : percent;
}

/** An amount that a person has set: with no more digits than they gave. */
function setMoney(nanoUsd: number): string {
  return formatMoney(nanoUsd, { cents: nanoUsd % 1e7 === 0 });
}

/** Downwards to the last digit that is shown: a limit is reached when it is reached. "≥" where something is missing in it. */
function spentMoney({ spentNanoUsd, partial, unknown }: ShownBudget): string {
  const atLeast = partial + unknown > 0;
  if (spentNanoUsd === undefined || spentNanoUsd < 1e6) return formatMoney(spentNanoUsd, { atLeast });
  const digit = spentNanoUsd < 1e9 ? 1e6 : spentNanoUsd < 1e12 ? 1e7 : 1e9;
  return formatMoney(Math.floor(spentNanoUsd / digit) * digit, { atLeast });
}

/** "≥$4.02 of $5.00 (80 %)"; `when` stands behind the amount. */
export function spentText(state: ShownBudget, when = ''): string {
  const percent = percentOf(state);
  const share = percent === undefined ? '' : ` (${percent} %)`;
  return `${spentMoney(state)} of ${setMoney(state.amountNanoUsd)}${when}${share}`;
}

/** Whether a shell that shows little shows it. */
export function isWorthTelling(state: ShownBudget): boolean {
  return state.stopped || (percentOf(state) ?? 0) >= WORTH_TELLING_PERCENT;
}

/** Those that a person should know of: the ones that stop first, then the ones closest to their end. */
export function worthTelling(budgets: readonly BudgetState[]): readonly BudgetState[] {
  return budgets
    .filter(isWorthTelling)
    .sort((a, b) => Number(b.stopped) - Number(a.stopped) || (percentOf(b) ?? 0) - (percentOf(a) ?? 0));
}

/** The budget for which no request passes at all with this project; a key's limit leaves the other keys. */
export function blockingBudget(budgets: readonly BudgetState[], projectId: string): BudgetState | undefined {
  return budgets.find(
    ({ stopped, scope }) =>
      stopped && (scope.kind === 'all' || (scope.kind === 'project' && scope.projectId === projectId)),
  );
}

/** "2 requests of unknown cost beside it, 1 request counted in part": what is not in the sum, or not in full. */
export function missingText({ partial, unknown }: Pick<BudgetState, 'partial' | 'unknown'>): string | undefined {
  const requests = (count: number) => `${count} request${count === 1 ? '' : 's'}`;
  const told = [
    unknown > 0 && `${requests(unknown)} of unknown cost beside it`,
    partial > 0 && `${requests(partial)} counted in part`,
  ].filter(Boolean);
  return told.length === 0 ? undefined : told.join(', ');
}

type Amount = Pick<BudgetState, 'amountNanoUsd' | 'period'>;

/** "$5.00 a day". */
export function amountText({ amountNanoUsd, period }: Amount): string {
  return `${setMoney(amountNanoUsd)} ${PER[period]}`;
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
  if (period === 'week') return 'Monday';
  // Made here, not at load: that would be 15 ms of every start of a proxy.
  return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' }).format(periodEnd);
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

/** "≥$4.02 of $5.00 today (80 %), 3 requests of unknown cost beside it". */
export function budgetSpentText(state: ShownBudget): string {
  const missing = missingText({ partial: 0, unknown: state.unknown });
  return `${spentText(state, ` ${THIS[state.period]}`)}${missing === undefined ? '' : `, ${missing}`}`;
}

/** What it is, how much is spent, and what that means for requests. */
export function budgetLine(state: ShownBudget): string {
  return `${budgetName(state)}: ${budgetSpentText(state)}${consequence(state)}`;
}

/** 'Budget all-day', 'Limit of the key "ci"'. */
function budgetName({ scope, id }: ShownBudget): string {
  return scope.kind === 'key' ? `Limit of the key "${scope.label}"` : `Budget ${id}`;
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
