import { NANO_PER_USD, nanoUsd } from '../../../shared/money.js';
import { formatUsd } from '../../../words/format.js';
import { t } from '../../../words/index.js';

/** Amounts of money as people type them. */

const MAX_USD = 1_000_000;

export type TypedUsd =
  | { readonly nanoUsd: number; readonly problem?: undefined }
  | { readonly nanoUsd?: undefined; readonly problem: string };

/** "5", "$2.50", "1,000", "5,50": whole nano-USD, or why it can't be taken. */
export function parseUsd(text: string): TypedUsd {
  const digits = text.trim().replace(/^\$\s*/, '');
  const number = NUMBERS.map((form) => form.exec(digits)).find((match) => match !== null);
  if (!number) return { problem: t('app.budgets.noAmount') };
  const [, whole = '', fraction = ''] = number;
  const usd = Number(`${whole.replace(/[.,]/g, '')}.${fraction || 0}`);
  if (usd === 0) return { problem: t('app.budgets.tooLittle', { amount: formatUsd(0, 0) }) };
  if (usd > MAX_USD) return { problem: t('app.budgets.tooMuch', { amount: formatUsd(MAX_USD, 0) }) };
  return { nanoUsd: nanoUsd(usd) };
}

/**
 * Whole and fraction: with a point, as dollars are written; with a comma, as much of the world types it. "1,000" is a
 * thousand, since nobody types three digits of a cent for a budget that begins with another digit than 0.
 */
const NUMBERS = [
  /^(0),(\d{1,3})$/,
  /^(\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,3}))?$/,
  /^(\d{1,7}|\d{1,3}(?:\.\d{3}){1,2}),(\d{1,2})$/,
];

/** As it would be typed: "5", "2.50", "0.041". */
export function typedUsd(amountNanoUsd: number): string {
  const usd = amountNanoUsd / NANO_PER_USD;
  if (Number.isInteger(usd)) return String(usd);
  return Number.isInteger(Math.round(usd * 1e5) / 1e3) ? usd.toFixed(2) : String(usd);
}
