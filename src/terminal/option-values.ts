import { InvalidArgumentError } from 'commander';
import { PRICE_LIST_URL } from '../pricing/price-list-url.js';
import { SOURCE } from '../settings/types.js';
import { valueFrom } from '../settings/values.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/calendar.js';
import { t } from '../words/index.js';

/** What options take that are no settings. Throws InvalidArgumentError, which becomes a usage error. */

export function parseName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError(t('terminal.help.error.empty'));
  return text;
}

const AGE_UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** "90s", "5m", "2h", "1d" in milliseconds. */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError(t('terminal.help.error.span'));
  return Number(count) * (AGE_UNITS_MS[unit] as number);
}

/** From the environment it may be a plain yes. */
export function parsePriceUrl(text: string): string {
  const source = valueFrom(SOURCE, text);
  if (typeof source === 'string') return source;
  if (source === true) return PRICE_LIST_URL;
  throw new InvalidArgumentError(t('settings.updatePrices.problem'));
}
