import { InvalidArgumentError } from 'commander';
import { BUDGET_PERIODS, type BudgetPeriod } from '../shared/budgets.js';

/** Values of options about money and time. All throw InvalidArgumentError, which commander tells with the option's name. */

export interface AmountPerPeriod {
  readonly limitNanoUsd: number;
  readonly period: BudgetPeriod;
}

const MAX_USD = 1_000_000;
const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** "5/day", "$2.50/week", "100/month". */
export function parseAmount(text: string): AmountPerPeriod {
  const match = /^\$?(\d{1,7}(?:\.\d{1,6})?)\/(\w+)$/.exec(text.trim());
  const usd = Number(match?.[1]);
  const period = BUDGET_PERIODS.find((one) => one === match?.[2]);
  if (!period || !(usd > 0) || usd > MAX_USD) {
    throw new InvalidArgumentError(
      `It must be an amount in USD for a ${BUDGET_PERIODS.join(', ')}, such as 5/day or 2.50/week.`,
    );
  }
  return { limitNanoUsd: Math.round(usd * 1e9), period };
}

/** "24h", "7d" from now, or a date, which is whole, as a moment to come; Unix milliseconds. */
export function parseExpiry(text: string): number {
  const at = momentOf(text.trim());
  if (!Number.isFinite(at)) {
    throw new InvalidArgumentError('It must be a span such as 24h or 7d, or a date such as 2026-12-31.');
  }
  if (at <= Date.now()) throw new InvalidArgumentError('It lies in the past.');
  return at;
}

function momentOf(text: string): number {
  const span = /^(\d{1,5})([mhdw])$/.exec(text);
  if (span) return Date.now() + Number(span[1]) * (UNITS_MS[span[2] as string] as number);
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!day) return /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? new Date(text).getTime() : Number.NaN;
  const [year, month, date] = [Number(day[1]), Number(day[2]) - 1, Number(day[3])];
  // Date would take the 31st of February for a day in March.
  if (new Date(year, month, date).getMonth() !== month) return Number.NaN;
  return new Date(year, month, date + 1).getTime();
}
