import { expect, test } from 'vitest';
import {
  cachedText,
  exactText,
  failuresText,
  tokensOf,
  unknownCostsText,
} from '../../../../src/renderer/views/usage/amounts.js';
import { shortStretchWords, stretchWords, ticksOf } from '../../../../src/renderer/views/usage/time-words.js';
import { EMPTY_TOTALS } from '../../../../src/shared/totals.js';
import type { Standing, UsageTotals } from '../../../../src/shared/usage.js';
import { costText } from '../../../../src/words/format-totals.js';

const totals = (standings: Partial<Record<Standing, number>>, fields: Partial<UsageTotals> = {}): UsageTotals => ({
  ...EMPTY_TOTALS,
  exchanges: Object.values(standings).reduce((sum, count) => sum + count, 0),
  standings: { ...EMPTY_TOTALS.standings, ...standings },
  ...fields,
});
const cost = { costNanoUsd: 120_000_000, surchargeNanoUsd: 3_456_789 };

test('what is not known is never $0', () => {
  expect(costText(totals({ unpriced: 3 }))).toBe('unpriced');
  expect(exactText('cost', totals({ unpriced: 3 }))).toBe('unpriced');
  expect(costText(totals({ measured: 1, unpriced: 3 }, cost))).toBe('≥$0.123');
  expect(costText(totals({ measured: 1 }, cost), { cents: true })).toBe('$0.12');
  expect(exactText('cost', totals({ measured: 1, partial: 1 }, cost))).toBe('≥$0.123456789');
  expect(exactText('cost', totals({ measured: 1 }, { costNanoUsd: 5e8 }), 4)).toBe('$0.5000');
  expect(exactText('tokens', totals({ unmetered: 1 }))).toBe('–');
  expect(tokensOf(totals({}))).toBe('0');
  expect(tokensOf(totals({ unmetered: 1 }))).toBe('–');
});

test('what was billed is whole, and its tokens are known where the bill told them', () => {
  expect(costText(totals({ billed: 1 }, cost))).toBe('$0.123');
  expect(costText(totals({ billed: 1, unmetered: 1 }, cost))).toBe('≥$0.123');
  expect(exactText('cost', totals({ billed: 1, measured: 1 }, cost))).toBe('$0.123456789');
  expect(tokensOf(totals({ billed: 1 }, { inputTokens: 5 }))).toBe('5');
  expect(tokensOf(totals({ billed: 1 }))).toBe('–');
  expect(unknownCostsText(totals({ billed: 2 }))).toBeUndefined();
});

test('a share of the cache is rounded down, and unknown where nothing was reported', () => {
  expect(cachedText(totals({}))).toBe('–');
  expect(cachedText(totals({}, { inputTokens: 1000 }))).toBe('–');
  expect(cachedText(totals({}, { inputTokens: 1000, cacheReadInputTokens: 999 }))).toBe('99%');
  expect(cachedText(totals({}, { inputTokens: 1000, cacheReadInputTokens: 1 }))).toBe('<1%');
});

test('what went wrong and what is missing is counted once', () => {
  expect(failuresText(totals({}))).toBeUndefined();
  expect(failuresText(totals({}, { failed: 1, interrupted: 2 }))).toBe('1 failed, 2 interrupted');
  expect(unknownCostsText(totals({ unpriced: 3, unmetered: 1, partial: 2 }, { interrupted: 2 }))).toBe(
    '3 unpriced, 1 unmetered',
  );
  expect(unknownCostsText(totals({ partial: 2 }, { interrupted: 1 }))).toBe('1 partial');
});

test('stretches are named by day and hour, local time', () => {
  const at = new Date(2026, 8, 21, 14).getTime();
  const hour = { at, end: at + 3_600_000 };
  expect(stretchWords(hour)).toBe('Mon, Sep 21, 14:00–15:00');
  expect(shortStretchWords(hour)).toBe('Mon 14:00–15:00');
  const day = { at: new Date(2026, 8, 21).getTime(), end: new Date(2026, 8, 22).getTime() };
  expect(stretchWords(day)).toBe('Mon, Sep 21');
  expect(shortStretchWords(day)).toBe('Sep 21');
});

test('few bars are labelled: evenly, and where a day has several, its first', () => {
  const hour = 3_600_000;
  const start = new Date(2026, 8, 21).getTime();
  const bars = (count: number, length: number) =>
    Array.from({ length: count }, (_, n) => ({ at: start + n * length, end: start + (n + 1) * length }));
  expect(ticksOf(bars(25, hour), hour)).toHaveLength(5);
  expect(ticksOf(bars(1, hour / 4), hour / 4)).toEqual([start]);
  expect(ticksOf([], hour)).toEqual([]);
  const days = ticksOf(bars(12, 6 * hour), 6 * hour);
  expect(days).toEqual([1, 2].map((n) => new Date(2026, 8, 21 + n).getTime()));
});
