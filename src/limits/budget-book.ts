import { createHomeFile } from '../files/home-file.js';
import { type Budget, type BudgetScope, DEFAULT_ALERTS } from '../shared/budgets.js';
import { MeshbarError } from '../shared/errors.js';
import type { NamedKey } from '../shared/keys.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { budgetPeriodAt } from './budget-period.js';
import { type BudgetsFile, NO_BUDGETS, parseBudgetsFile } from './budgets-file.js';
import type { Keys } from './keys.js';

interface NewBudget {
  readonly scope: Exclude<BudgetScope, { kind: 'key' }>;
  readonly period: Budget['period'];
  readonly amountNanoUsd: number;
  /** Percentages; without: 50, 80 and 100. */
  readonly alerts?: readonly number[];
  readonly hardStop: boolean;
}

/** What is written down: the budgets and the limits of keys, and which are lifted. Rejects as Keys does. */
export interface BudgetBook {
  /** Takes the place of the budget of the same scope and period, if there is one. Rejects with invalid_option. */
  set(wanted: NewBudget): Promise<Budget>;
  /** Rejects with budget_unknown. */
  remove(id: string): Promise<Budget>;
  /** Lifts the hard stop until the period ends; of a key's limit, by the key's id or label. Rejects with budget_unknown. */
  lift(selector: string): Promise<{ readonly budget: Budget; readonly until: number }>;
  /** Budgets, then limits of keys. */
  list(): Promise<Budget[]>;
  /** For the hot path: synchronous. The same list as long as nothing has changed. */
  budgets(): readonly Budget[];
  /** The same of the keys that have a limit and can be used. */
  keyLimits(): readonly Budget[];
  /** Until when the hard stop is lifted; undefined: it is not. As of the last look at the file. */
  liftedUntil(id: string): number | undefined;
}

export interface BudgetBookOptions {
  readonly path: string;
  readonly keys: Keys;
  readonly onProblem: (problem: Statement) => void;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export function createBudgetBook({ path, keys, onProblem, now = Date.now }: BudgetBookOptions): BudgetBook {
  const file = createHomeFile<BudgetsFile>({
    path,
    parse: parseBudgetsFile,
    empty: NO_BUDGETS,
    whenDamaged: (damaged, setAside) => say('limits.budgetsDamaged', { file: damaged, setAside }),
    onProblem,
  });
  let budgets: { readonly of: BudgetsFile; readonly list: readonly Budget[] } | undefined;
  let limits: { readonly of: readonly NamedKey[]; readonly list: readonly Budget[] } | undefined;

  function budgetsNow(): readonly Budget[] {
    const value = file.read();
    if (budgets?.of !== value) budgets = { of: value, list: value.budgets.map(budgetOf) };
    return budgets.list;
  }

  function keyLimitsNow(): readonly Budget[] {
    const limited = keys.limited();
    if (limits?.of !== limited) limits = { of: limited, list: limited.flatMap(limitOf) };
    return limits.list;
  }

  return {
    async set({ scope, period, amountNanoUsd, alerts = DEFAULT_ALERTS, hardStop }) {
      // Ids are made of it, and typed by people.
      if (scope.kind === 'project' && (!/^[\w.:-]{1,200}$/.test(scope.projectId) || scope.projectId === 'all')) {
        throw new MeshbarError('invalid_option', { why: 'budget_project' });
      }
      const id = `${scope.kind === 'all' ? 'all' : scope.projectId}-${period}`;
      const saved = {
        id,
        scope: { ...scope },
        period,
        amountNanoUsd,
        alerts: [...new Set(alerts)].sort((a, b) => a - b),
        hardStop,
      };
      await file.update((value) => {
        const others = value.budgets.filter((one) => one.id !== id);
        const { [id]: _lifted, ...lifts } = value.lifts ?? {};
        return { ...value, budgets: [...others, saved], lifts };
      });
      return saved;
    },
    async remove(id) {
      let removed: Budget | undefined;
      await file.update((value) => {
        const found = value.budgets.find((one) => one.id === id);
        if (!found) throw new MeshbarError('budget_unknown');
        removed = budgetOf(found);
        return { ...value, budgets: value.budgets.filter((one) => one !== found) };
      });
      return removed as unknown as Budget;
    },
    async lift(selector) {
      const known = await this.list();
      const budget =
        known.find(({ id }) => id === selector) ??
        known.find(({ scope }) => scope.kind === 'key' && scope.label === selector);
      if (!budget) throw new MeshbarError('budget_unknown');
      if (!budget.hardStop) {
        throw new MeshbarError('invalid_option', { why: 'budget_stops_nothing', budget: budget.id });
      }
      const at = now();
      const until = budgetPeriodAt(at, budget.period).end;
      await file.update((value) => {
        const current = Object.entries(value.lifts ?? {}).filter(([, end]) => end > at);
        return { ...value, lifts: { ...Object.fromEntries(current), [budget.id]: until } };
      });
      return { budget, until };
    },
    async list() {
      await file.load();
      await keys.list();
      return [...budgetsNow(), ...keyLimitsNow()];
    },
    budgets: budgetsNow,
    keyLimits: keyLimitsNow,
    liftedUntil(id) {
      const until = (budgets?.of ?? file.read()).lifts?.[id];
      return until !== undefined && until > now() ? until : undefined;
    },
  };
}

function budgetOf({ id, scope, period, amountNanoUsd, alerts, hardStop }: BudgetsFile['budgets'][number]): Budget {
  return {
    id,
    scope: scope.kind === 'all' ? { kind: 'all' } : { kind: 'project', projectId: scope.projectId },
    period,
    amountNanoUsd,
    alerts: alerts.toSorted((a, b) => a - b),
    hardStop,
  };
}

function limitOf({ id, label, limit }: NamedKey): Budget[] {
  if (!limit) return [];
  const { period, limitNanoUsd } = limit;
  const scope = { kind: 'key', keyId: id, label } as const;
  return [{ id, scope, period, amountNanoUsd: limitNanoUsd, alerts: DEFAULT_ALERTS, hardStop: true }];
}
