import { openReader } from '../ledger/reader.js';
import { type BudgetBook, createBudgetBook } from '../limits/budget-book.js';
import { budgetPeriodAt } from '../limits/budget-period.js';
import { budgetStateOf, NOTHING_SPENT, queryOf, type Spent, spentOf } from '../limits/budget-sum.js';
import { createKeys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import type { Budget, BudgetScope, SeenBudget } from '../shared/budgets.js';
import { MeshbarError } from '../shared/errors.js';
import type { UsageQuery } from '../shared/usage.js';
import { formatList, formatMoment, formatMoney, formatPercent } from '../words/format.js';
import { budgetLine, budgetSpentText } from '../words/format-budget.js';
import { t } from '../words/index.js';
import type { BudgetSetOptions } from './budget-commands.js';
import type { AmountPerPeriod } from './money-values.js';
import { EXIT, print, printError, printStatement } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

const HEAD = ['budget', 'of', 'amount', 'spent', 'whenUsedUp', 'until'] as const;

export function runBudgetSet(amount: AmountPerPeriod, options: BudgetSetOptions): Promise<number> {
  const { project, stop, alerts, json } = options;
  return withBook(async (book) => {
    const budget = await book.set({
      scope: project === undefined ? { kind: 'all' } : { kind: 'project', projectId: project },
      period: amount.period,
      amountNanoUsd: amount.limitNanoUsd,
      hardStop: stop,
      ...(alerts ? { alerts } : {}),
    });
    const [state] = statesOf([budget], book);
    if (json) print(JSON.stringify(state, null, 2));
    else print(`${plainText(budgetLine(state as SeenBudget))}\n${effectText(budget)}`);
  });
}

export function runBudgetList(options: { json: boolean }): Promise<number> {
  return withBook(async (book) => {
    const states = statesOf(await book.list(), book);
    if (options.json) print(JSON.stringify(states, null, 2));
    else if (states.length === 0) print(t('terminal.limits.budget.none'));
    else
      print(
        table(
          HEAD.map((column) => t(`terminal.limits.budget.head.${column}`)),
          states.map(rowOf),
          HEAD.length,
        ),
      );
  });
}

export function runBudgetRemove(id: string): Promise<number> {
  return withBook(async (book) => {
    print(plainText(t('terminal.limits.budget.removed', { id: (await book.remove(id)).id })));
  });
}

export function runBudgetLift(selector: string): Promise<number> {
  return withBook(async (book) => {
    const { budget, until } = await book.lift(selector);
    print(plainText(t('terminal.limits.budget.lifted', { id: budget.id, moment: formatMoment(until) })));
  });
}

/** What it will do: somebody who sets a budget again may have forgotten --stop. */
function effectText({ alerts, hardStop }: Budget): string {
  if (alerts.length === 0) return t(`terminal.limits.budget.effect.${hardStop ? 'silentStop' : 'silent'}`);
  const percents = formatList(alerts.map((percent) => formatPercent(percent)));
  return t(`terminal.limits.budget.effect.${hardStop ? 'alertsAndStop' : 'alerts'}`, { percents });
}

function rowOf(state: SeenBudget): string[] {
  const { id, scope, amountNanoUsd, period, periodEnd } = state;
  const amount = `${formatMoney(amountNanoUsd)}/${period}`;
  return [
    plainText(id),
    plainText(scopeText(scope)),
    amount,
    budgetSpentText(state),
    stopText(state),
    formatMoment(periodEnd),
  ];
}

function scopeText(scope: BudgetScope): string {
  if (scope.kind === 'all') return t('terminal.limits.budget.of.all');
  if (scope.kind === 'project') return t('terminal.limits.budget.of.project', { id: scope.projectId });
  return t('terminal.limits.budget.of.key', { label: scope.label });
}

function stopText({ hardStop, stopped, liftedUntil }: SeenBudget): string {
  if (stopped) return t('terminal.limits.budget.refusesNow');
  if (!hardStop) return t('terminal.limits.budget.notifies');
  return t(`terminal.limits.budget.${liftedUntil === undefined ? 'refuses' : 'isLifted'}`);
}

/** What is spent of budgets, by the ledger as it is; where it can't be read, that is reported and nothing is known. */
function statesOf(budgets: readonly Budget[], book: BudgetBook): SeenBudget[] {
  const now = Date.now();
  const spentIn = openSpent();
  try {
    return budgets.map((budget) => {
      const range = budgetPeriodAt(now, budget.period);
      const { refused: _unknownHere, ...state } = budgetStateOf(
        budget,
        range,
        spentIn.of(queryOf(budget.scope, range)),
        {
          liftedUntil: book.liftedUntil(budget.id),
        },
      );
      return state;
    });
  } finally {
    spentIn.close();
  }
}

function openSpent(): { of(query: UsageQuery): Spent | undefined; close(): void } {
  try {
    const reader = openReader(meshbarPaths().ledger);
    return {
      of: (query) => (reader ? spentOf(reader.totals(query)) : NOTHING_SPENT),
      close: () => reader?.close(),
    };
  } catch (error) {
    printError(error);
    return { of: () => undefined, close() {} };
  }
}

async function withBook(work: (book: BudgetBook) => Promise<void>): Promise<number> {
  try {
    const paths = meshbarPaths();
    const keys = createKeys({ path: paths.keys, onProblem: printStatement });
    await work(createBudgetBook({ path: paths.budgets, keys, onProblem: printStatement }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return error instanceof MeshbarError && error.code === 'invalid_option' ? EXIT.usage : EXIT.failed;
  }
}
