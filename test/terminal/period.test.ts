import { expect, test } from 'vitest';
import { periodOf } from '../../src/terminal/period.js';
import { wordsThrownBy } from '../helpers/error-words.js';

const NOW = new Date(2026, 4, 6, 14, 32).getTime();
const HOUR = 3_600_000;

test.each([
  ['90m', NOW - 1.5 * HOUR],
  ['24h', NOW - 24 * HOUR],
  ['7d', NOW - 7 * 24 * HOUR],
  ['4w', NOW - 28 * 24 * HOUR],
  ['2026-05-01', new Date(2026, 4, 1).getTime()],
  ['2026-05-01T12:30', new Date(2026, 4, 1, 12, 30).getTime()],
  ['2026-05-01T12:30:00Z', Date.UTC(2026, 4, 1, 12, 30)],
])('since %s', (since, expected) => {
  expect(periodOf({ since }, NOW)).toEqual({ since: expected });
});

test('a date as the end counts whole, in the local calendar', () => {
  expect(periodOf({ since: '2026-03-29', until: '2026-03-29' }, NOW)).toEqual({
    since: new Date(2026, 2, 29).getTime(),
    until: new Date(2026, 2, 30).getTime(),
  });
  expect(periodOf({ since: '7d', until: '1d' }, NOW).until).toBe(NOW - 24 * HOUR);
});

test.each(['', '7', '7y', '-7d', 'yesterday', '2026-13-01', '2026-02-31', '05/06/2026', '1e3d'])(
  '%j is refused',
  (since) => {
    expect(wordsThrownBy(() => periodOf({ since }, NOW))).toMatch(/^--since does not understand/);
  },
);

test('an end before the beginning is refused', () => {
  expect(wordsThrownBy(() => periodOf({ since: '1d', until: '2d' }, NOW))).toMatch(/^--until is before --since/);
});
