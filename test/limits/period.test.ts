import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { budgetPeriodAt } from '../../src/limits/budget-period.js';
import { BUDGET_PERIODS } from '../../src/shared/budgets.js';
import { localDayOf } from '../../src/shared/calendar.js';

/**
 * Zones whose calendars are known to hurt: clocks that change at midnight, by half an hour, a day that was left out, and
 * offsets of three quarters of an hour.
 */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'America/Havana',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Australia/Eucla',
];
const HOUR = 3_600_000;
const FIRST = Date.parse('2009-01-01T00:00:00Z');
const LAST = Date.parse('2035-01-01T00:00:00Z');

/** Any moment, and as many around the clock changes of the zone that is set. */
function anyMoment(): fc.Arbitrary<number> {
  const offsetAt = (at: number) => new Date(at).getTimezoneOffset();
  const changes: number[] = [];
  for (let at = FIRST; at < LAST; at += HOUR) if (offsetAt(at) !== offsetAt(at + HOUR)) changes.push(at);
  const anywhere = fc.integer({ min: FIRST, max: LAST });
  if (changes.length === 0) return anywhere;
  const near = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * HOUR, max: 3 * HOUR }));
  return fc.oneof(
    anywhere,
    near.map(([at, ms]) => at + ms),
  );
}

test.each(ZONES)('%s: every moment lies in one day, week and month, and they follow each other', (zone) => {
  vi.stubEnv('TZ', zone);
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  fc.assert(
    fc.property(anyMoment(), fc.constantFrom(...BUDGET_PERIODS), (at, period) => {
      const { start, end } = budgetPeriodAt(at, period);
      expect(start <= at && at < end).toBe(true);
      expect(budgetPeriodAt(start, period)).toEqual({ start, end });
      expect(budgetPeriodAt(end - 1, period)).toEqual({ start, end });
      expect(budgetPeriodAt(end, period).start).toBe(end);
      // It begins where the calendar turns over.
      expect(localDayOf(start - 1) < localDayOf(start)).toBe(true);
      if (period === 'week') expect(new Date(start).getDay()).toBe(1);
      if (period === 'month') expect(new Date(start).getDate()).toBe(1);
      if (period === 'day') expect(localDayOf(start)).toBe(localDayOf(end - 1));
    }),
    { numRuns: 1000 },
  );
  vi.unstubAllEnvs();
});

test.each([
  ['spring', '2026-03-29T12:00:00+02:00', 23],
  ['autumn', '2026-10-25T12:00:00+01:00', 25],
  ['any other', '2026-11-24T12:00:00+01:00', 24],
])('in Berlin a day of %s has its hours', (_name, moment, hours) => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const { start, end } = budgetPeriodAt(Date.parse(moment), 'day');
  expect((end - start) / HOUR).toBe(hours);
  vi.unstubAllEnvs();
});

test('where the clock change swallows midnight, the day begins at one', () => {
  vi.stubEnv('TZ', 'America/Santiago');
  const { start } = budgetPeriodAt(Date.parse('2026-09-06T12:00:00-03:00'), 'day');
  expect(new Date(start).getHours()).toBe(1);
  expect(localDayOf(start - 1)).toBe('2026-09-05');
  vi.unstubAllEnvs();
});

test('weeks begin on Monday, months on the first', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const at = Date.parse('2026-11-01T12:00:00+01:00');
  expect(localDayOf(budgetPeriodAt(at, 'week').start)).toBe('2026-10-26');
  expect(localDayOf(budgetPeriodAt(at, 'week').end)).toBe('2026-11-02');
  expect(localDayOf(budgetPeriodAt(at, 'month').start)).toBe('2026-11-01');
  expect(localDayOf(budgetPeriodAt(at, 'month').end)).toBe('2026-12-01');
  vi.unstubAllEnvs();
});
