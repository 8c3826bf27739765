import type { Budget, BudgetScope, BudgetState } from '../shared/budgets.js';
import type { PricedExchange, UsageQuery, UsageTotals } from '../shared/usage.js';
import type { PeriodRange } from './budget-period.js';

/** What is spent of a budget. Pure. */

export interface Spent {
  /** What is known, surcharge included. */
  readonly nanoUsd: number;
  /** What was refused costs this, if it is billed: alerts count it, a hard stop does not. */
  readonly possibleNanoUsd: number;
  readonly partial: number;
  /** Exchanges whose cost nobody knows. */
  readonly unknown: number;
}

export const NOTHING_SPENT: Spent = { nanoUsd: 0, possibleNanoUsd: 0, partial: 0, unknown: 0 };

/** What the ledger is asked for. */
export function queryOf(scope: BudgetScope, { start, end }: PeriodRange): UsageQuery {
  const range = { since: start, until: end };
  if (scope.kind === 'project') return { ...range, projectId: scope.projectId };
  return scope.kind === 'key' ? { ...range, keyId: scope.keyId } : range;
}

export function isInScope(scope: BudgetScope, exchange: { projectId?: string; keyId?: string }): boolean {
  if (scope.kind === 'project') return exchange.projectId === scope.projectId;
  return scope.kind === 'all' || exchange.keyId === scope.keyId;
}

export function spentOf({ costNanoUsd, surchargeNanoUsd, possibleNanoUsd, standings }: UsageTotals): Spent {
  return {
    nanoUsd: costNanoUsd + surchargeNanoUsd,
    possibleNanoUsd,
    partial: standings.partial,
    unknown: standings.unpriced + standings.unmetered,
  };
}

export function addSpent(spent: Spent, { cost, possibleNanoUsd = 0, standing }: PricedExchange): Spent {
  return {
    nanoUsd: spent.nanoUsd + (cost ? cost.costNanoUsd + cost.surchargeNanoUsd : 0),
    possibleNanoUsd: spent.possibleNanoUsd + possibleNanoUsd,
    partial: spent.partial + (standing === 'partial' ? 1 : 0),
    unknown: spent.unknown + (standing === 'unpriced' || standing === 'unmetered' ? 1 : 0),
  };
}

/** `spent` is undefined while the ledger has not answered: then nothing is refused and no alert reached. */
export function budgetStateOf(
  budget: Budget,
  range: PeriodRange,
  spent: Spent | undefined,
  rest: { readonly liftedUntil?: number | undefined; readonly refused?: number } = {},
): BudgetState {
  const { liftedUntil, refused = 0 } = rest;
  const nanoUsd = spent?.nanoUsd;
  const isUsedUp = nanoUsd !== undefined && nanoUsd >= budget.amountNanoUsd;
  return {
    ...budget,
    periodStart: range.start,
    periodEnd: range.end,
    spentNanoUsd: nanoUsd,
    possibleNanoUsd: spent?.possibleNanoUsd ?? 0,
    partial: spent?.partial ?? 0,
    unknown: spent?.unknown ?? 0,
    level: spent === undefined ? 0 : levelOf(budget, spent.nanoUsd + spent.possibleNanoUsd),
    ...(liftedUntil === undefined ? {} : { liftedUntil }),
    stopped: budget.hardStop && isUsedUp && liftedUntil === undefined,
    refused,
  };
}

function levelOf({ alerts, amountNanoUsd }: Budget, nanoUsd: number): number {
  return alerts.findLast((percent) => nanoUsd * 100 >= amountNanoUsd * percent) ?? 0;
}
