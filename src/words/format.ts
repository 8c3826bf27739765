import { NANO_PER_USD } from '../shared/money.js';
import { formattingLocale } from './locale.js';

/** Figures as people read them, in the locale's way: the one place that asks Intl. Unknown is a dash. */

export const UNKNOWN = '–';

const AMERICAN = 'en-US';

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
let collator: { readonly locale: string; readonly compare: (a: string, b: string) => number } | undefined;

/** 1,234 or, with two digits, 1,234.50. */
export function formatNumber(value: number, digits = 0): string {
  const fixed = value.toFixed(digits);
  // Intl's data takes 17 ms to load, which a command that prints three lines should not wait for.
  if (formattingLocale() === AMERICAN) return fixed.replace(/\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g, ',');
  return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(Number(fixed));
}

/** 81%, of a number from 0 to 100. */
export function formatPercent(percent: number, digits = 0): string {
  if (formattingLocale() === AMERICAN) return `${formatNumber(percent, digits)}%`;
  const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return numberFormat(options).format(percent / 100);
}

/** "red, green and blue". */
export function formatList(items: readonly string[]): string {
  if (formattingLocale() === AMERICAN) {
    const others = items.slice(0, -1).join(', ');
    return others === '' ? items.join('') : `${others} and ${items.at(-1)}`;
  }
  return new Intl.ListFormat(formattingLocale(), { type: 'conjunction' }).format(items);
}

/** $1,234.50; a debt with its sign in front: -$12.40. */
export function formatUsd(usd: number, digits = 2): string {
  if (formattingLocale() === AMERICAN) return `${usd < 0 ? '-' : ''}$${formatNumber(Math.abs(usd), digits)}`;
  return numberFormat({
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(usd.toFixed(digits)));
}

/**
 * $6.28, $0.041, <$0.001, $1,234; "≥" in front of a figure that is known to be too small, which is then rounded down, or
 * it would claim more than is known; a debt with its sign. With `cents` there are two digits below a dollar too.
 */
export function formatMoney(nanoUsd: number | undefined, options: { atLeast?: boolean; cents?: boolean } = {}): string {
  if (nanoUsd === undefined) return UNKNOWN;
  if (nanoUsd < 0) return `-${formatMoney(-nanoUsd, options)}`;
  const usd = nanoUsd / NANO_PER_USD;
  const { atLeast = false } = options;
  const sign = atLeast ? '≥' : '';
  if (usd === 0) return `${sign}${formatUsd(0)}`;
  const digitsBelow = options.cents ? 2 : 3;
  const least = 10 ** -digitsBelow;
  if (usd < least) return atLeast ? `≥${formatUsd(0, digitsBelow)}` : `<${formatUsd(least, digitsBelow)}`;
  const digits = usd < 1 ? digitsBelow : usd < (atLeast ? 1000 : 999.995) ? 2 : 0;
  const unit = NANO_PER_USD / 10 ** digits;
  return `${sign}${formatUsd(atLeast ? (Math.floor(nanoUsd / unit) * unit) / NANO_PER_USD : usd, digits)}`;
}

/** $0.00412345, ≥$1.50: with the digits that are not zero, two at least, or with `digits` of them. */
export function formatExactMoney(nanoUsd: number, options: { atLeast?: boolean; digits?: number } = {}): string {
  const { atLeast = false, digits = usdDigits([nanoUsd]) } = options;
  return `${atLeast ? '≥' : ''}${formatUsd(nanoUsd / NANO_PER_USD, digits)}`;
}

/** Digits behind the point that it takes to write all of these amounts, in nano-USD, to the last one: from 2 to 9. */
export function usdDigits(amounts: readonly number[]): number {
  const digits = amounts.map((nanoUsd) => (nanoUsd / NANO_PER_USD).toFixed(9).replace(/0+$/, '').split('.')[1]?.length);
  return Math.max(2, ...digits.map((count) => count ?? 0));
}

/** 950, 48.1 k, 1.92 M, 3.4 B. */
export function formatTokens(tokens: number | undefined): string {
  if (tokens === undefined) return UNKNOWN;
  if (tokens < 1000) return formatNumber(tokens);
  for (const [unit, size] of [
    ['k', 1e3],
    ['M', 1e6],
  ] as const) {
    const value = tokens / size;
    if (value < 999.5) return `${threeDigits(value)} ${unit}`;
  }
  return `${threeDigits(tokens / 1e9)} B`;
}

function threeDigits(value: number): string {
  if (value < 9.995) return formatNumber(value, 2);
  return formatNumber(value, value < 99.95 ? 1 : 0);
}

/** 420 ms, 1.1 s, 12.4 s, 3 min 20 s, 1 h 05 min: units of the SI, which no locale writes otherwise. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN;
  if (ms < 999.5) return `${formatNumber(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${formatNumber(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${formatNumber(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`;
}

/** 420 ms, 12.4 s, 3m 20s, 1h 05m: never more than 7 characters below 100 hours. */
export function formatDurationShort(ms: number | undefined): string {
  if (ms === undefined || ms < 59_950) return formatDuration(ms);
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${twoDigits(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`;
}

/** 14:32:08, local time, with 24 hours everywhere: columns of times line up. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** 14:32, local time. */
export function formatTime(at: number): string {
  return formatClock(at).slice(0, 5);
}

/** 2026-11-24, local time: the form that sorts, and that options take. */
export function formatIsoDay(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** 2026-11-24 14:32, local time. */
export function formatMoment(at: number): string {
  return `${formatIsoDay(at)} ${formatTime(at)}`;
}

/** A date in the locale's words, of the parts that `options` names: "Mon, Sep 21", "December 1". */
export function formatDate(at: number, options: Intl.DateTimeFormatOptions): string {
  const locale = formattingLocale();
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(key, format);
  }
  return format.format(at);
}

/** "a, b or c". */
export function formatAlternatives(items: readonly string[]): string {
  return new Intl.ListFormat(formattingLocale(), { type: 'disjunction' }).format(items);
}

/** The order in which people of the locale look for names: "Run 9" before "Run 10". */
export function compareNames(a: string, b: string): number {
  const locale = formattingLocale();
  if (collator?.locale !== locale) collator = { locale, compare: new Intl.Collator(locale, { numeric: true }).compare };
  return collator.compare(a, b);
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = formattingLocale();
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, options);
    numberFormats.set(key, format);
  }
  return format;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
