import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import {
  formatClock,
  formatDate,
  formatDuration,
  formatDurationShort,
  formatIsoDay,
  formatList,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  formatTime,
  formatTokens,
  formatUsd,
} from '../../src/words/format.js';
import { inEnglish, setLocale } from '../../src/words/locale.js';

afterEach(() => setLocale(undefined));

test.each([
  [undefined, '–'],
  [0, '0'],
  [950, '950'],
  [1000, '1.00 k'],
  [9994, '9.99 k'],
  [9996, '10.0 k'],
  [48_100, '48.1 k'],
  [99_960, '100 k'],
  [999_499, '999 k'],
  [999_500, '1.00 M'],
  [1_920_000, '1.92 M'],
  [3_400_000_000, '3.40 B'],
])('%s tokens: %s', (tokens, expected) => {
  expect(formatTokens(tokens)).toBe(expected);
});

test.each([
  [undefined, '–', '–'],
  [0, '$0.00', '≥$0.00'],
  [1, '<$0.001', '≥$0.000'],
  [999_999, '<$0.001', '≥$0.000'],
  [1_000_000, '$0.001', '≥$0.001'],
  [41_000_000, '$0.041', '≥$0.041'],
  [999_400_000, '$0.999', '≥$0.999'],
  [41_900_000, '$0.042', '≥$0.041'],
  [6_284_000_000, '$6.28', '≥$6.28'],
  [6_289_999_999, '$6.29', '≥$6.28'],
  [999_990_000_000, '$999.99', '≥$999.99'],
  [999_999_000_000, '$1,000', '≥$999.99'],
  [1_234_567_000_000, '$1,235', '≥$1,234'],
])('%s billionths of a dollar: %s, or at least %s', (nanoUsd, exact, atLeast) => {
  expect(formatMoney(nanoUsd)).toBe(exact);
  expect(formatMoney(nanoUsd, { atLeast: true })).toBe(atLeast);
});

test.each([
  [[], ''],
  [['red'], 'red'],
  [['red', 'green'], 'red and green'],
  [['red', 'green', 'blue'], 'red, green and blue'],
])('%j: %s', (items, expected) => {
  expect(formatList(items)).toBe(expected);
});

test.each([
  [undefined, '–', '–'],
  [0, '0 ms', '0 ms'],
  [419.7, '420 ms', '420 ms'],
  [999.4, '999 ms', '999 ms'],
  [999.5, '1.0 s', '1.0 s'],
  [12_400, '12.4 s', '12.4 s'],
  [59_949, '59.9 s', '59.9 s'],
  [59_950, '1 min 0 s', '1m 00s'],
  [200_000, '3 min 20 s', '3m 20s'],
  [3_599_400, '59 min 59 s', '59m 59s'],
  [3_600_000, '1 h 00 min', '1h 00m'],
  [3_900_000, '1 h 05 min', '1h 05m'],
  [359_940_000, '99 h 59 min', '99h 59m'],
])('%s milliseconds: %s, or short %s', (ms, long, short) => {
  expect(formatDuration(ms)).toBe(long);
  expect(formatDurationShort(ms)).toBe(short);
  expect(short.length).toBeLessThanOrEqual(7);
});

const AT = new Date(2026, 0, 2, 4, 5, 6).getTime();

test('times of the day and days are written the same everywhere, in local time', () => {
  setLocale('en-IN');
  expect(formatClock(AT)).toBe('04:05:06');
  expect(formatTime(AT)).toBe('04:05');
  expect(formatIsoDay(AT)).toBe('2026-01-02');
  expect(formatMoment(AT)).toBe('2026-01-02 04:05');
});

test('American figures, written without Intl, are what Intl writes', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 5 }), (value, digits) => {
      const rounded = Number(value.toFixed(digits)) + 0;
      const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      const number = (style: Intl.NumberFormatOptions) => new Intl.NumberFormat('en-US', { ...style, ...options });
      expect(formatNumber(rounded, digits)).toBe(number({}).format(rounded));
      expect(formatUsd(rounded, digits)).toBe(number({ style: 'currency', currency: 'USD' }).format(rounded));
    }),
  );
  expect(formatPercent(81)).toBe('81%');
  expect(formatPercent(0.44, 1)).toBe('0.4%');
});

test('figures follow the locale', () => {
  setLocale('en-DK');
  expect(formatNumber(1234.5, 1)).toBe('1.234,5');
  expect(formatPercent(80)).toBe('80\u00a0%');
  expect(formatUsd(-12.4)).toBe('-12,40\u00a0$');
  expect(formatMoney(6_289_999_999, { atLeast: true })).toBe('≥6,28\u00a0$');
  expect(formatTokens(48_100)).toBe('48,1 k');
  expect(formatDuration(12_400)).toBe('12,4 s');
});

test('dates follow the locale', () => {
  const parts = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  expect(formatDate(AT, parts)).toBe('Fri, Jan 2');
  setLocale('en-GB');
  expect(formatDate(AT, parts)).toBe('Fri 2 Jan');
  expect(inEnglish(() => formatDate(AT, parts))).toBe('Fri, Jan 2');
  expect(formatDate(AT, parts)).toBe('Fri 2 Jan');
});
