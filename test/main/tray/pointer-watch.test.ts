import { expect, test } from 'vitest';
import { createPointerWatch } from '../../../src/main/tray/pointer-watch.js';

test('a pointer rests when it was long enough at one place, or was watched for longest', () => {
  let at = { x: 1, y: 1 };
  let now = 0;
  const watch = createPointerWatch(
    () => at,
    () => now,
  );
  const rests = () => watch.rests(5000, 60_000);
  expect(rests()).toBe(false);
  now = 4999;
  expect(rests()).toBe(false);
  at = { x: 2, y: 1 };
  expect(rests()).toBe(false);
  now = 9999;
  expect(rests()).toBe(true);
  watch.reset();
  for (; now < 69_999; now += 1000) {
    at = { x: now, y: 1 };
    expect(rests()).toBe(false);
  }
  expect(rests()).toBe(true);
});
