import { expect, test } from 'vitest';
import { retentionChoices } from '../../../../src/renderer/views/settings/retention.js';

test('the usual times, and for ever at the end', () => {
  expect(retentionChoices(null)).toEqual([
    { value: '7', label: '7 days' },
    { value: '30', label: '30 days' },
    { value: '90', label: '90 days' },
    { value: '365', label: '1 year' },
    { value: 'null', label: 'Forever' },
  ]);
});

test('a number that is in the file is a choice, in its place', () => {
  expect(retentionChoices(45).map(({ label }) => label)).toEqual([
    '7 days',
    '30 days',
    '45 days',
    '90 days',
    '1 year',
    'Forever',
  ]);
  expect(retentionChoices(1)[0]).toEqual({ value: '1', label: '1 day' });
  expect(retentionChoices(30)).toHaveLength(5);
});
