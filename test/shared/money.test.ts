import { expect, test } from 'vitest';
import { nanoUsd, roundHalfEven } from '../../src/shared/money.js';

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [2.49, 2],
  [2.51, 3],
  // A half as sums of doubles have it.
  [1_234_566.500_000_1, 1_234_566],
  [1_234_567.499_999_9, 1_234_568],
])('%d becomes %d', (value, rounded) => {
  expect(roundHalfEven(value)).toBe(rounded);
});

test('of many halves as many go up as down', () => {
  const sum = Array.from({ length: 10_000 }, (_, n) => roundHalfEven(n * 10 * 0.05)).reduce((a, b) => a + b, 0);
  expect(sum).toBe((10_000 * 9_999 * 0.5) / 2);
});

test('dollars become whole nano-USD', () => {
  expect(nanoUsd(0.1 + 0.2)).toBe(300_000_000);
});
