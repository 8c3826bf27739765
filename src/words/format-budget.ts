import { type BudgetPeriod, type BudgetState, percentOf, type SeenBudget } from '../shared/budgets.js';
import { NANO_PER_USD } from '../shared/money.js';
import { formatDate, formatMoment, formatMoney, formatPercent, formatUsd, UNKNOWN } from './format.js';
import { type Message, t } from './index.js';
import { inEnglish } from './locale.js';
import { say } from './say.js';

/** Budgets as people read them: what every shell says, then the app's words, then the terminal's. */

/** An amount that a person has set: with no more digits than they gave. */
function setMoney(nanoUsd: number): string {
  return formatMoney(nanoUsd, { cents: nanoUsd % 1e7 === 0 });
}

/** Rounded down to the last digit shown: a limit is reached when it is reached. "≥" where something is missing in it. */
function spentMoney({ spentNanoUsd, partial, unknown }: SeenBudget): string {
  const atLeast = partial + unknown > 0;
  if (spentNanoUsd === undefined || spentNanoUsd < 1e6) return formatMoney(spentNanoUsd, { atLeast });
  const digit = NANO_PER_USD / (spentNanoUsd < NANO_PER_USD ? 1000 : spentNanoUsd < 1000 * NANO_PER_USD ? 100 : 1);
  return formatMoney(Math.floor(spentNanoUsd / digit) * digit, { atLeast });
}

/** "≥$4.02 of $5.00 (80%)". */
export function spentText(state: SeenBudget): string {
  return spentWith('budget.spent.so', state);
}

function spentWith(key: 'budget.spent.so' | `budget.spent.${BudgetPeriod}`, state: SeenBudget): string {
  const spent = t(key, { spent: spentMoney(state), amount: setMoney(state.amountNanoUsd) });
  const percent = percentOf(state);
  return percent === undefined ? spent : t('budget.withShare', { spent, percent: formatPercent(percent) });
}

/** "2 requests of unknown cost not counted, 1 request only partly counted": what the sum lacks. */
export function missingText({
  partial,
  unknown,
  possibleNanoUsd,
}: Pick<BudgetState, 'partial' | 'unknown' | 'possibleNanoUsd'>): string | undefined {
  const parts = [
    unknown > 0 && t('budget.missing.unknown', { count: unknown }),
    partial > 0 && t('budget.missing.partial', { count: partial }),
    possibleNanoUsd > 0 && t('budget.missing.possible', { amount: formatMoney(possibleNanoUsd) }),
  ].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** "$5.00 a day". */
export function amountText({ amountNanoUsd, period }: Pick<BudgetState, 'amountNanoUsd' | 'period'>): string {
  return t(`budget.amount.${period}`, { amount: setMoney(amountNanoUsd) });
}

/** "Project prj_1", "Key “ci”"; undefined for all requests. `nameOf` gives a project's name. */
export function scopeName({ scope }: Pick<BudgetState, 'scope'>, nameOf?: (id: string) => string): string | undefined {
  if (scope.kind === 'all') return undefined;
  if (scope.kind === 'key') return t('budget.scope.key', { label: scope.label });
  return t('budget.scope.project', { project: nameOf?.(scope.projectId) ?? scope.projectId });
}

/** "80% of $5.00 a day used", with whose it is where it is not everybody's; "≥" where something is missing in it. */
export function usedText(state: BudgetState, nameOf?: (id: string) => string): string {
  const percent = percentOf(state);
  const atLeast = state.partial + state.unknown > 0 ? '≥' : '';
  const share = percent === undefined ? UNKNOWN : `${atLeast}${formatPercent(percent)}`;
  const scope = scopeName(state, nameOf);
  const amount = amountText(state);
  const spent =
    scope === undefined ? t('budget.used', { share, amount }) : t('budget.usedOf', { scope, share, amount });
  const missing = missingText({ ...state, partial: 0, unknown: 0 });
  return missing === undefined ? spent : t('budget.withMissing', { spent, missing });
}

/** "midnight", "Monday" or "December 1", when the period ends. */
export function untilText({ period, periodEnd }: Pick<BudgetState, 'period' | 'periodEnd'>): string {
  return period === 'month' ? formatDate(periodEnd, { day: 'numeric', month: 'long' }) : t(`budget.until.${period}`);
}

/** "at midnight", "on Monday" or "on December 1": when it starts again. */
export function resetText({ period, periodEnd }: Pick<BudgetState, 'period' | 'periodEnd'>): string {
  if (period !== 'month') return t(`budget.resets.${period}`);
  return t('budget.resets.month', { date: formatDate(periodEnd, { day: 'numeric', month: 'long' }) });
}

/** Why requests are refused, which, and until when: "Today’s $5 budget is used up. …". */
export function stopText(state: BudgetState, nameOf?: (id: string) => string): string {
  const { scope, period, amountNanoUsd } = state;
  const usd = amountNanoUsd / NANO_PER_USD;
  const amount = Number.isInteger(usd) ? formatUsd(usd, 0) : setMoney(amountNanoUsd);
  const values = { amount, until: untilText(state) };
  if (scope.kind === 'key') return t(`budget.stop.key.${period}`, { ...values, label: scope.label });
  if (scope.kind === 'all') return t(`budget.stop.all.${period}`, values);
  return t(`budget.stop.project.${period}`, { ...values, project: nameOf?.(scope.projectId) ?? scope.projectId });
}

/** "≥$4.02 of $5.00 today (80%), 3 requests of unknown cost not counted". */
export function budgetSpentText(state: SeenBudget): string {
  const spent = spentWith(`budget.spent.${state.period}`, state);
  const missing = missingText({ ...state, partial: 0 });
  return missing === undefined ? spent : t('budget.withMissing', { spent, missing });
}

/** What it is, how much is spent, and what that means for requests. */
export function budgetLine(state: SeenBudget): string {
  const { id, stopped, hardStop, liftedUntil, periodEnd } = state;
  const what = { name: budgetName(state), spent: budgetSpentText(state) };
  if (stopped) return t('budget.line.stopped', { ...what, id, moment: formatMoment(periodEnd) });
  if (!hardStop || liftedUntil === undefined) return t('budget.line', what);
  return t('budget.line.lifted', { ...what, moment: formatMoment(liftedUntil) });
}

/** "Budget all-day", 'Limit of the key "ci"'. */
function budgetName({ scope, id }: SeenBudget): string {
  return scope.kind === 'key' ? t('budget.name.key', { label: scope.label }) : t('budget.name.budget', { id });
}

/** Why a request is refused, until when, and how to go on: in English, for the client that sent it. */
export function budgetRefusal(state: SeenBudget): Message {
  return inEnglish(() =>
    say('budget.refusal', {
      name: budgetName(state),
      spent: budgetSpentText(state),
      moment: formatMoment(state.periodEnd),
      id: state.id,
      command: raiseCommand(state),
    }),
  );
}

function raiseCommand({ scope, id, period }: SeenBudget): string {
  if (scope.kind === 'key') return t('budget.raise.key', { id, period });
  if (scope.kind === 'all') return t('budget.raise.all', { period });
  return t('budget.raise.project', { period, projectId: scope.projectId });
}
