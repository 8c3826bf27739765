import { DAY_MS } from '../../../../shared/calendar.js';
import type { KeyView } from '../../../../shared/ipc.js';
import { formatDate, formatIsoDay, UNKNOWN } from '../../../../words/format.js';
import { costText } from '../../../../words/format-totals.js';
import { t } from '../../../../words/index.js';

/** Named keys in words. */

const LOOK_BACK_MS = 90 * DAY_MS;
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const MOMENT = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export const EXPIRIES = ['never', '1', '7', '30', '90'] as const;
/** After so many days. */
export type Expiry = (typeof EXPIRIES)[number];

/** Unix milliseconds; undefined: it does not expire. */
export function expiryOf(days: Expiry, now: number): number | undefined {
  return days === 'never' ? undefined : now + Number(days) * DAY_MS;
}

/** "Created Nov 24, 2026 · expires Dec 1, 14:30 · last used today". */
export function keyFacts(key: KeyView, now: number): string {
  const { createdAt, expiresAt, temporary, use } = key;
  const ends = expiresAt === undefined ? undefined : t('app.keys.endsAt', { moment: formatDate(expiresAt, MOMENT) });
  return [
    t('app.keys.created', { date: formatDate(createdAt, DAY) }),
    temporary ? t('app.keys.endsWithProxy') : ends,
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
  if (lastUsedOn === undefined) {
    return t(now - createdAt < LOOK_BACK_MS ? 'app.keys.notUsedYet' : 'app.keys.notUsedLately');
  }
  if (formatIsoDay(lastUsedOn) === formatIsoDay(now)) return t('app.keys.usedToday');
  return t('app.keys.usedOn', { date: formatDate(lastUsedOn, DAY) });
}
