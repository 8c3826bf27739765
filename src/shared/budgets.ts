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

/** How a budget stands in the period that runs. */
export interface BudgetState extends Budget {
  readonly periodStart: number;
  /** When it begins anew. */
  readonly periodEnd: number;
  /** What is known to be spent; undefined until the ledger has answered. */
  readonly spentNanoUsd: number | undefined;
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
