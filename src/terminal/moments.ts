import { localDayOf } from '../core/ledger/calendar.js';
import { formatClock } from '../shared/format.js';

/** 2026-11-24 14:32, local time. */
export function dateText(at: number): string {
  return `${localDayOf(at)} ${formatClock(at).slice(0, 5)}`;
}
