import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/calendar.js';

const UNITS_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

/** From when to when, Unix milliseconds; both are the same unless it is a whole day. */
export interface Moment {
  readonly start: number;
  readonly end: number;
}

/**
 * "90m", "24h", "7d" or "4w" before or after `now`; a date, which is a whole day of the local calendar; or a date and
 * time that Date understands. Undefined for anything else.
 */
export function parseMoment(text: string, now: number, direction: 'before' | 'after'): Moment | undefined {
  const span = /^(\d{1,6})([mhdw])$/.exec(text);
  if (span) {
    const ms = Number(span[1]) * (UNITS_MS[span[2] as string] as number);
    const at = direction === 'before' ? now - ms : now + ms;
    return { start: at, end: at };
  }
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (day) {
    const [year, month, date] = [Number(day[1]), Number(day[2]) - 1, Number(day[3])];
    const start = new Date(year, month, date);
    // Date would take the 31st of February for a day in March.
    if (start.getMonth() !== month || start.getDate() !== date) return undefined;
    return { start: start.getTime(), end: new Date(year, month, date + 1).getTime() };
  }
  const at = /^\d{4}-\d{2}-\d{2}[T ]/.test(text) ? new Date(text).getTime() : Number.NaN;
  return Number.isNaN(at) ? undefined : { start: at, end: at };
}
