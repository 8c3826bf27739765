import { InvalidArgumentError } from 'commander';
import { BUDGET_PERIODS, type BudgetPeriod } from '../shared/budgets.js';
import { nanoUsd } from '../shared/money.js';
import { t } from '../words/index.js';
import { parseMoment } from './moments.js';

/** Values of options about money and time. All throw InvalidArgumentError, which commander reports with the option's name. */

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
    throw new InvalidArgumentError(t('terminal.help.error.amount'));
  }
  return { limitNanoUsd: nanoUsd(usd), period };
}

/** "24h" or "7d" from now, or a date, the whole day included; a moment in the future, Unix milliseconds. */
export function parseExpiry(text: string): number {
  const now = Date.now();
  const moment = parseMoment(text.trim(), now, 'after');
  if (!moment) throw new InvalidArgumentError(t('terminal.help.error.expiry'));
  if (moment.end <= now) throw new InvalidArgumentError(t('terminal.help.error.past'));
  return moment.end;
}
