import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRollingHistogram, MAX_MS } from '../../../src/engine/overhead/rolling-histogram.js';

const MINUTE = 60_000;

test('quantiles are those of the sorted values, at most a sixteenth too high', () => {
  const times = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (microseconds, share) => {
      const histogram = createRollingHistogram(() => 0);
      for (const value of microseconds) histogram.record(value / 1000);
      const sorted = microseconds.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
      const found = Math.round((histogram.quantile(share) as number) * 1000);
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found).toBeLessThanOrEqual(exact * (17 / 16));
      expect(histogram.count).toBe(microseconds.length);
    }),
  );
});

test('nothing recorded: nothing known; the absurd is bounded', () => {
  const histogram = createRollingHistogram(() => 0);
  expect(histogram.quantile(0.5)).toBeUndefined();
  histogram.record(-3);
  expect(histogram.quantile(1)).toBe(0);
  histogram.record(1e12);
  expect(histogram.quantile(1)).toBe(MAX_MS);
});

test('what is older than an hour is forgotten, also where nobody recorded since', () => {
  let now = 5 * MINUTE;
  const histogram = createRollingHistogram(() => now);
  histogram.record(1);
  now += 30 * MINUTE;
  histogram.record(2);
  now += 29 * MINUTE;
  expect(histogram.count).toBe(2);
  now += MINUTE;
  expect(histogram.count).toBe(1);
  now += 30 * MINUTE;
  expect([histogram.count, histogram.quantile(0.5)]).toEqual([0, undefined]);
  now += 1000 * MINUTE;
  histogram.record(3);
  expect([histogram.count, histogram.quantile(0)]).toEqual([1, histogram.quantile(1)]);
});
