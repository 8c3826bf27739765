import { DAY_MS } from '../../../shared/calendar.js';
import type { Stretch } from './chart-data.js';

/** Times along the chart, as people of the place write days and with 24 hours. Pure. */

const WEEKDAY = new Intl.DateTimeFormat('en', { weekday: 'short' });
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const FULL_DAY = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' });

/** Labels below the chart at most. */
const TICKS = 5;

/** 14:30, local time. */
function hourOf(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** "Mon, Sep 21, 14:00–15:00"; a whole day, which may have 23 hours: "Mon, Sep 21". */
export function stretchWords({ at, end }: Stretch): string {
  const day = FULL_DAY.format(at);
  return end - at > DAY_MS / 2 ? day : `${day}, ${hourOf(at)}–${hourOf(end)}`;
}

/** "Tue 03:00–04:00", or "Nov 24". */
export function shortStretchWords({ at, end }: Stretch): string {
  if (end - at > DAY_MS / 2) return DAY.format(at);
  return `${WEEKDAY.format(at)} ${hourOf(at)}–${hourOf(end)}`;
}

/** What stands below a bar. */
export function tickWords(at: number, bucketMs: number | 'day'): string {
  if (bucketMs === 'day') return DAY.format(at);
  return bucketMs >= DAY_MS / 4 ? WEEKDAY.format(at) : hourOf(at);
}

/** The stretches that are labelled: evenly spread, and where a day has several bars, the first of each. */
export function ticksOf(stretches: readonly Stretch[], bucketMs: number | 'day'): readonly number[] {
  if (bucketMs !== 'day' && bucketMs >= DAY_MS / 4) return firstOfDays(stretches);
  const step = Math.max(Math.ceil(stretches.length / TICKS), 1);
  return stretches.filter((_, index) => index % step === Math.floor(step / 2)).map(({ at }) => at);
}

function firstOfDays(stretches: readonly Stretch[]): readonly number[] {
  const days = stretches.map(({ at }) => new Date(at).getDate());
  return stretches.filter((_, index) => index > 0 && days[index] !== days[index - 1]).map(({ at }) => at);
}
