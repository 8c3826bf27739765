import { DAY_MS } from '../../../shared/calendar.js';
import { formatDate, formatTime } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import type { Stretch } from './chart-data.js';

/** Times along the chart: days as people of the place write them, hours from 0 to 24. */

const WEEKDAY = { weekday: 'short' } as const;
const DAY = { day: 'numeric', month: 'short' } as const;
const FULL_DAY = { ...WEEKDAY, ...DAY } as const;

/** Labels below the chart at most. */
const TICKS = 5;

/** "Mon, Sep 21, 14:00–15:00"; a whole day, which may have 23 hours: "Mon, Sep 21". */
export function stretchWords({ at, end }: Stretch): string {
  const day = formatDate(at, FULL_DAY);
  if (end - at > DAY_MS / 2) return day;
  return t('app.usage.dayAndHour', { day, from: formatTime(at), to: formatTime(end) });
}

/** "Tue 03:00–04:00", or "Nov 24". */
export function shortStretchWords({ at, end }: Stretch): string {
  if (end - at > DAY_MS / 2) return formatDate(at, DAY);
  return t('app.usage.weekdayAndHour', { day: formatDate(at, WEEKDAY), from: formatTime(at), to: formatTime(end) });
}

/** What is below a bar. */
export function tickWords(at: number, bucketMs: number | 'day'): string {
  if (bucketMs === 'day') return formatDate(at, DAY);
  return bucketMs >= DAY_MS / 4 ? formatDate(at, WEEKDAY) : formatTime(at);
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
