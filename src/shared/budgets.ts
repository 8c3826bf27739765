/** Budgets, as every shell shows them. Times are Unix milliseconds, money is nano-USD, MeshAgent's surcharge included. */

export const BUDGET_PERIODS = ['day', 'week', 'month'] as const;
/** Of the user's calendar; weeks begin on Monday (ISO 8601). */
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

export type BudgetScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'project'; readonly projectId: string }
  /** The limit of a named local key. */
  | { readonly kind: 'key'; readonly keyId: string; readonly label: string };

export interface Budget {
  /** Such as "all-day" or "prj_1-month"; of a key's limit, the key's id. */
  readonly id: string;
  readonly scope: BudgetScope;
  readonly period: BudgetPeriod;
  readonly amountNanoUsd: number;
  /** Percentages at which to tell, rising. */
  readonly alerts: readonly number[];
  /** Refuse new requests when it is used up. */
  readonly hardStop: boolean;
}

export const DEFAULT_ALERTS: readonly number[] = [50, 80, 100];

/** How a budget is in the period that runs. */
export interface BudgetState extends Budget {
  readonly periodStart: number;
  /** When it begins again. */
  readonly periodEnd: number;
  /** What is known to be spent; undefined until the ledger has answered. */
  readonly spentNanoUsd: number | undefined;
  /** Beside it: what was refused costs this, if it is billed. Alerts count it, the hard stop doesn't. */
  readonly possibleNanoUsd: number;
  /** Requests that stand in it with what was seen until they were cut. */
  readonly partial: number;
  /** Requests beside it whose cost nobody knows: unpriced and unmetered ones. */
  readonly unknown: number;
  /** The highest alert that has been reached; 0: none. */
  readonly level: number;
  /** The hard stop is lifted until then. */
  readonly liftedUntil?: number;
  /** New requests are refused. */
  readonly stopped: boolean;
  /** Requests that this process refused in this period. */
  readonly refused: number;
}

/** What is known of a budget without the process that refused requests for it. */
export type SeenBudget = Omit<BudgetState, 'refused'>;

/** From this percentage on, a budget is shown where nobody asked for it. */
const NEAR_LIMIT_PERCENT = 80;

/**
 * Whole percent, rounded down: 100 only when it is used up, which quotients of large numbers round up to. Undefined: not
 * known yet.
 */
export function percentOf({
  spentNanoUsd,
  amountNanoUsd,
}: Pick<BudgetState, 'spentNanoUsd' | 'amountNanoUsd'>): number | undefined {
  if (spentNanoUsd === undefined) return undefined;
  const percent = Math.floor((spentNanoUsd * 100) / amountNanoUsd);
  return spentNanoUsd < amountNanoUsd ? Math.min(percent, 99) : percent;
}

/** Whether a view with little room shows it. */
export function isNearLimit(state: SeenBudget): boolean {
  return state.stopped || (percentOf(state) ?? 0) >= NEAR_LIMIT_PERCENT;
}

/** Those near their limit: the ones that refuse requests first, then the ones that are closest to it. */
export function budgetsNearLimit(budgets: readonly BudgetState[]): readonly BudgetState[] {
  return budgets
    .filter(isNearLimit)
    .sort((a, b) => Number(b.stopped) - Number(a.stopped) || (percentOf(b) ?? 0) - (percentOf(a) ?? 0));
}

/** The budget that refuses every request with this project; the limit of one key leaves the other keys. */
export function blockingBudget(budgets: readonly BudgetState[], projectId: string): BudgetState | undefined {
  return budgets.find(
    ({ stopped, scope }) =>
      stopped && (scope.kind === 'all' || (scope.kind === 'project' && scope.projectId === projectId)),
  );
}
