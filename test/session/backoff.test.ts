import { expect, test } from 'vitest';
import { createBackoff } from '../../src/session/backoff.js';

const setUp = (random: number) => {
  const clock = { at: 1000 };
  return {
    clock,
    backoff: createBackoff(
      () => clock.at,
      () => random,
    ),
  };
};

test('doubles up to a minute, with half of it left to chance', () => {
  for (const [random, share] of [
    [0, 0.5],
    [1, 1],
  ] as const) {
    const { backoff } = setUp(random);
    const waits = Array.from({ length: 8 }, () => {
      backoff.fail();
      return backoff.waitMs;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000 * share));
  }
});

test('waits as long as it is asked to, within reason', () => {
  const { backoff } = setUp(0);
  backoff.fail(30_000);
  expect(backoff.waitMs).toBe(30_000);
  backoff.fail(86_400_000);
  expect(backoff.waitMs).toBe(300_000);
});

test('ends by itself, is skipped, or forgets', () => {
  const { backoff, clock } = setUp(1);
  expect(backoff.waitMs).toBe(0);
  backoff.fail();
  clock.at += 999;
  expect(backoff.waitMs).toBe(1);
  clock.at += 1;
  expect(backoff.waitMs).toBe(0);
  backoff.fail();
  backoff.skip();
  expect([backoff.waitMs, backoff.failures]).toEqual([0, 2]);
  backoff.reset();
  expect(backoff.failures).toBe(0);
});
