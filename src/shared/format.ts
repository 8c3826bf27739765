/** Figures as people read them. Pure; unknown is a dash. */

export const UNKNOWN = '–';

const NANO_PER_USD = 1e9;

/** 950, 48.1 k, 1.92 M, 3.4 B. */
export function formatTokens(tokens: number | undefined): string {
  if (tokens === undefined) return UNKNOWN;
  if (tokens < 1000) return String(Math.round(tokens));
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
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

/**
 * $6.28, $0.041, <$0.001, $1,234; "≥" in front of a figure that is known to be too small, which is then rounded down, or
 * it would claim more than is known. With `cents` two digits stand below a dollar too.
 */
export function formatMoney(nanoUsd: number | undefined, options: { atLeast?: boolean; cents?: boolean } = {}): string {
  if (nanoUsd === undefined) return UNKNOWN;
  const usd = nanoUsd / NANO_PER_USD;
  const { atLeast = false } = options;
  const sign = atLeast ? '≥' : '';
  if (usd === 0) return `${sign}$0.00`;
  const digitsBelow = options.cents ? 2 : 3;
  const least = 10 ** -digitsBelow;
  if (usd < least) return atLeast ? `≥$${(0).toFixed(digitsBelow)}` : `<$${least}`;
  const digits = usd < 1 ? digitsBelow : usd < (atLeast ? 1000 : 999.995) ? 2 : 0;
  const unit = NANO_PER_USD / 10 ** digits;
  const shown = atLeast ? (Math.floor(nanoUsd / unit) * unit) / NANO_PER_USD : usd;
  if (usd < 1) return `${sign}$${shown.toFixed(digits)}`;
  return `${sign}$${shown.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** 420 ms, 1.1 s, 12.4 s, 3 min 20 s, 1 h 05 min. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** 420 ms, 12.4 s, 3m 20s, 1h 05m: never more than 7 characters below 100 hours. */
export function formatDurationShort(ms: number | undefined): string {
  if (ms === undefined || ms < 59_950) return formatDuration(ms);
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

/** 14:32:08, local time. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** 2026-11-24 14:32, local time. */
export function formatMoment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${formatClock(at).slice(0, 5)}`;
}
