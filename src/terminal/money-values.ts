import { InvalidArgumentError } from 'commander';
import { BUDGET_PERIODS, type BudgetPeriod } from '../shared/budgets.js';
import { nanoUsd } from '../shared/money.js';
import { parseMoment } from './moments.js';

/** Values of options about money and time. All throw InvalidArgumentError, which commander tells with the option's name. */

export interface AmountPerPeriod {
  readonly limitNanoUsd: number;
  readonly period: BudgetPeriod;
}

const MAX_USD = 1_000_000;

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
  return { limitNanoUsd: nanoUsd(usd), period };
}

/** "24h", "7d" from now, or a date, which is whole, as a moment to come; Unix milliseconds. */
export function parseExpiry(text: string): number {
  const now = Date.now();
  const moment = parseMoment(text.trim(), now, 'after');
  if (!moment) throw new InvalidArgumentError('It must be a span such as 24h or 7d, or a date such as 2026-12-31.');
  if (moment.end <= now) throw new InvalidArgumentError('It lies in the past.');
  return moment.end;
}
