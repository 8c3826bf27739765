import { openReader } from '../ledger/reader.js';
import { type BudgetBook, createBudgetBook } from '../limits/budget-book.js';
import { periodOf } from '../limits/budget-period.js';
import { NOTHING_SPENT, queryOf, type Spent, spentOf, stateOf } from '../limits/budget-sum.js';
import { createKeys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import type { Budget, BudgetScope, BudgetState } from '../shared/budgets.js';
import { MeshbarError } from '../shared/errors.js';
import type { UsageQuery } from '../shared/usage.js';
import { formatMoment, formatMoney } from '../words/format.js';
import { budgetLine, budgetSpentText } from '../words/format-budget.js';
import type { BudgetSetOptions } from './budget-commands.js';
import type { AmountPerPeriod } from './money-values.js';
import { EXIT, print, printError, printStatement } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

/** What a proxy refused, it alone knows. */
type ListedBudget = Omit<BudgetState, 'refused'>;

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
    else print(`${plainText(budgetLine(state as ListedBudget))}\n${effectText(budget)}`);
  });
}

export function runBudgetList(options: { json: boolean }): Promise<number> {
  return withBook(async (book) => {
    const states = statesOf(await book.list(), book);
    if (options.json) print(JSON.stringify(states, null, 2));
    else if (states.length === 0) print('There are no budgets. `meshbar budget set 5/day` sets one.');
    else print(table(['budget', 'of', 'amount', 'spent', 'when used up', 'until'], states.map(rowOf), 6));
  });
}

export function runBudgetRemove(id: string): Promise<number> {
  return withBook(async (book) => {
    print(plainText(`Removed: ${(await book.remove(id)).id}.`));
  });
}

export function runBudgetLift(selector: string): Promise<number> {
  return withBook(async (book) => {
    const { budget, until } = await book.lift(selector);
    print(plainText(`Lifted: ${budget.id}. Requests pass until ${formatMoment(until)}, from the next one on.`));
  });
}

/** What it will do: whoever sets a budget anew may have forgotten --stop. */
function effectText({ alerts, hardStop }: Budget): string {
  const tells = alerts.length === 0 ? 'It tells nothing' : `It tells at ${alerts.join(', ')} %`;
  return `${tells}, and ${hardStop ? 'refuses new requests when it is used up.' : 'refuses nothing (--stop would).'}`;
}

function rowOf(state: ListedBudget): string[] {
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
  if (scope.kind === 'all') return 'everything';
  return scope.kind === 'project' ? `project ${scope.projectId}` : `key ${scope.label}`;
}

function stopText({ hardStop, stopped, liftedUntil }: ListedBudget): string {
  if (stopped) return 'refuses now';
  if (!hardStop) return 'tells';
  return liftedUntil === undefined ? 'refuses' : 'lifted';
}

/** How budgets stand, by the ledger as it is; one that can't be read is told, and nothing is known then. */
function statesOf(budgets: readonly Budget[], book: BudgetBook): ListedBudget[] {
  const now = Date.now();
  const spentIn = openSpent();
  try {
    return budgets.map((budget) => {
      const range = periodOf(now, budget.period);
      const { refused: _unknownHere, ...state } = stateOf(budget, range, spentIn.of(queryOf(budget.scope, range)), {
        liftedUntil: book.liftedUntil(budget.id),
      });
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
