/** Budgets, as every shell shows them. Times are Unix milliseconds. */

export const BUDGET_PERIODS = ['day', 'week', 'month'] as const;
/** Of the user's calendar; weeks begin on Monday (ISO 8601). */
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];
