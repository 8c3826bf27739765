import { expect, test } from 'vitest';
import { placeOf, summaryOf } from '../../../../src/renderer/views/check/check-words.js';
import type { Finding } from '../../../../src/shared/doctor.js';

const found = (...statuses: Finding['status'][]): Finding[] =>
  statuses.map((status) => ({ id: 'port.x', status, title: 'x', details: [] }));

test('what was found is summed up; what could not be looked at is no fault', () => {
  expect(summaryOf(found('problem', 'problem', 'warning', 'ok'))).toBe('2 problems, 1 warning.');
  expect(summaryOf(found('warning', 'warning', 'note'))).toBe('2 warnings.');
  expect(summaryOf(found('ok', 'skipped', 'note'))).toBe('Nothing is wrong.');
});

test('what is mended in this window leads there', () => {
  expect(placeOf({ id: 'tools.wrong_key' })).toBe('connect');
  expect(placeOf({ id: 'session.none' })).toBe('settings');
  expect(placeOf({ id: 'permissions.open' })).toBeUndefined();
});
