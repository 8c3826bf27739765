import { expect, test } from 'vitest';
import { createLimit } from '../../../src/main/notices/limit.js';

test('three times within a minute, and again when the first is a minute old', () => {
  let now = 0;
  const may = createLimit(3, 60_000, () => now);
  expect([may(), may(), may(), may()]).toEqual([true, true, true, false]);
  now = 59_999;
  expect(may()).toBe(false);
  now = 60_000;
  expect([may(), may(), may(), may()]).toEqual([true, true, true, false]);
});
