import { DAY_MS } from '../../../../shared/calendar.js';
import type { KeyView } from '../../../../shared/ipc.js';
import { UNKNOWN } from '../../../../words/format.js';
import { costText } from '../../../../words/format-totals.js';

/** Named keys in words. Pure. */

const LOOK_BACK_MS = 90 * DAY_MS;
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const MOMENT = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

export const EXPIRIES = [
  { value: '', label: 'Never' },
  { value: '1', label: 'After a day' },
  { value: '7', label: 'After a week' },
  { value: '30', label: 'After 30 days' },
  { value: '90', label: 'After 90 days' },
] as const;

/** Unix milliseconds; undefined: it does not end. */
export function expiryOf(days: (typeof EXPIRIES)[number]['value'], now: number): number | undefined {
  return days === '' ? undefined : now + Number(days) * DAY_MS;
}

/** "Made 24 Nov 2026 · ends Dec 1, 14:30 · used today". */
export function keyFacts(key: KeyView, now: number): string {
  const { createdAt, expiresAt, temporary, use } = key;
  const ends = expiresAt === undefined ? undefined : `ends ${MOMENT.format(expiresAt)}`;
  return [
    `Made ${DAY.format(createdAt)}`,
    temporary ? 'ends when the proxy stops' : ends,
    use && lastUseWords(use.lastUsedOn, createdAt, now),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What it cost since midnight; a dash where that is not known. */
export function todayText({ use }: KeyView, cents: boolean): string {
  if (!use) return UNKNOWN;
  return costText(use.today, { cents });
}

function lastUseWords(lastUsedOn: number | undefined, createdAt: number, now: number): string {
  if (lastUsedOn !== undefined) return `last used ${dayWords(lastUsedOn, now)}`;
  return now - createdAt < LOOK_BACK_MS ? 'not used yet' : 'not used in 90 days';
}

function dayWords(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? 'today' : DAY.format(at);
}
