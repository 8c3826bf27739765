import { expect, test } from 'vitest';
import { expiryOf, keyFacts, todayText } from '../../../../../src/renderer/views/settings/keys/key-words.js';
import type { KeyView } from '../../../../../src/shared/ipc.js';
import { EMPTY_TOTALS } from '../../../../../src/shared/totals.js';

const NOW = new Date(2026, 10, 24, 15).getTime();
const DAY = 86_400_000;
const key = (fields: Partial<KeyView> = {}): KeyView => ({
  id: 'key_1',
  label: 'ci',
  createdAt: NOW - 10 * DAY,
  temporary: false,
  standing: 'active',
  use: { today: EMPTY_TOTALS, lastUsedOn: undefined },
  ...fields,
});

test('since when, until when and when last', () => {
  expect(keyFacts(key(), NOW)).toBe('Created Nov 14, 2026 · not used yet');
  expect(keyFacts(key({ createdAt: NOW - 100 * DAY }), NOW)).toContain('not used in 90 days');
  expect(keyFacts(key({ expiresAt: NOW + DAY }), NOW)).toContain('expires Nov 25, 15:00');
  expect(keyFacts(key({ temporary: true, expiresAt: NOW + DAY }), NOW)).toContain('ends when the proxy stops');
  const usedOn = (at: number) => keyFacts(key({ use: { today: EMPTY_TOTALS, lastUsedOn: at } }), NOW);
  expect(usedOn(NOW - 15 * 3_600_000)).toContain('last used today');
  expect(usedOn(NOW - 2 * DAY)).toContain('last used Nov 22, 2026');
});

test('what is not known is neither said nor $0', () => {
  expect(keyFacts(key({ use: undefined }), NOW)).toBe('Created Nov 14, 2026');
  expect(todayText(key({ use: undefined }), false)).toBe('–');
  expect(todayText(key(), false)).toBe('$0.00');
});

test('an end is so many days from now', () => {
  expect(expiryOf('never', NOW)).toBeUndefined();
  expect(expiryOf('7', NOW)).toBe(NOW + 7 * DAY);
});
