import type { BudgetPeriod } from '../shared/budgets.js';

/** A half-open range of time, Unix milliseconds. */
export interface PeriodRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The day, week or month of the local calendar that a moment lies in, from midnight to midnight however long that is.
 * Weeks begin on Monday (ISO 8601). Where a clock change swallows midnight, the day begins with its first moment.
 */
export function budgetPeriodAt(at: number, period: BudgetPeriod): PeriodRange {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (period === 'month') return { start: midnight(year, month, 1), end: midnight(year, month + 1, 1) };
  if (period === 'day') return { start: midnight(year, month, day), end: midnight(year, month, day + 1) };
  const monday = day - ((date.getDay() + 6) % 7);
  return { start: midnight(year, month, monday), end: midnight(year, month, monday + 7) };
}

function midnight(year: number, month: number, day: number): number {
  return new Date(year, month, day).getTime();
}
