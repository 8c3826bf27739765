import { NANO_PER_USD, nanoUsd } from '../../../shared/money.js';

/** Amounts of money as people type them. Pure. */

const MAX_USD = 1_000_000;
const WRONG = 'Give an amount in US dollars, such as 5 or 2.50.';

export type TypedUsd =
  | { readonly nanoUsd: number; readonly problem?: undefined }
  | { readonly nanoUsd?: undefined; readonly problem: string };

/** "5", "$2.50", "1,000": whole nano-USD, or why it can't be taken. */
export function parseUsd(text: string): TypedUsd {
  const digits = text.trim().replace(/^\$\s*/, '');
  if (!/^(?:\d{1,7}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,3})?$/.test(digits)) return { problem: WRONG };
  const usd = Number(digits.replaceAll(',', ''));
  if (usd === 0) return { problem: 'Give more than nothing.' };
  if (usd > MAX_USD) return { problem: 'Give at most $1,000,000.' };
  return { nanoUsd: nanoUsd(usd) };
}

/** As it would be typed: "5", "2.50", "0.041". */
export function typedUsd(amountNanoUsd: number): string {
  const usd = amountNanoUsd / NANO_PER_USD;
  if (Number.isInteger(usd)) return String(usd);
  return Number.isInteger(Math.round(usd * 1e5) / 1e3) ? usd.toFixed(2) : String(usd);
}
