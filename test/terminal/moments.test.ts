import { expect, test } from 'vitest';
import { parseMoment } from '../../src/terminal/moments.js';
import { parseExpiry } from '../../src/terminal/money-values.js';

const NOW = new Date(2026, 4, 6, 14, 32).getTime();
const MINUTE = 60_000;

test('a span lies before now or after it', () => {
  expect(parseMoment('90m', NOW, 'before')).toEqual({ start: NOW - 90 * MINUTE, end: NOW - 90 * MINUTE });
  expect(parseMoment('525600m', NOW, 'after')).toEqual({ start: NOW + 525_600 * MINUTE, end: NOW + 525_600 * MINUTE });
});

test('a date is a whole day, whatever the direction', () => {
  const day = { start: new Date(2026, 4, 31).getTime(), end: new Date(2026, 5, 1).getTime() };
  expect(parseMoment('2026-05-31', NOW, 'after')).toEqual(day);
  expect(parseMoment('2026-05-31', NOW, 'before')).toEqual(day);
});

test.each(['', '7', '7y', '-7d', '1000000m', 'tomorrow', '2026-13-01', '2026-02-31', '2026-05-31Tnoon'])(
  '%j is none',
  (text) => {
    expect(parseMoment(text, NOW, 'after')).toBeUndefined();
    expect(() => parseExpiry(text)).toThrow(/It must be a span such as 24h/);
  },
);

test('an expiry lies ahead: a date ends with its day', () => {
  expect(parseExpiry(' 2999-12-31 ')).toBe(new Date(3000, 0, 1).getTime());
  expect(parseExpiry('525600m')).toBeGreaterThan(Date.now() + 525_599 * MINUTE);
  expect(() => parseExpiry('2020-01-01')).toThrow('It is in the past.');
});
