import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitInput } from '../../../../src/renderer/views/settings/keys/limit-input.js';
import { parseUsd, typedUsd } from '../../../../src/renderer/views/settings/usd-input.js';

test('amounts are taken as people type them', () => {
  expect(parseUsd('5')).toEqual({ nanoUsd: 5e9 });
  expect(parseUsd(' $2.50 ')).toEqual({ nanoUsd: 2.5e9 });
  expect(parseUsd('1,000')).toEqual({ nanoUsd: 1000e9 });
  expect(parseUsd('0.041')).toEqual({ nanoUsd: 41e6 });
  expect(parseUsd('$5,50')).toEqual({ nanoUsd: 5.5e9 });
  expect(parseUsd('1.000,50')).toEqual({ nanoUsd: 1000.5e9 });
  expect(parseUsd('0,041')).toEqual({ nanoUsd: 41e6 });
});

test.each(['', 'much', '5 a day', '1,5,5', '10,00,000', '-3', '0.0001', '1e3', '1.2.3'])('%j is no amount', (text) => {
  expect(parseUsd(text).problem).toBe('Enter an amount in US dollars, such as 5 or 2.50.');
});

test('nothing and too much are said', () => {
  expect(parseUsd('0.00').problem).toBe('Enter more than $0.');
  expect(parseUsd('1,000,001').problem).toBe('Enter $1,000,000 or less.');
});

test('an amount in a field that is edited is read as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (thousandths) => {
      expect(parseUsd(typedUsd(thousandths * 1e6))).toEqual({ nanoUsd: thousandths * 1e6 });
    }),
  );
});

test('no amount is no limit', () => {
  expect(limitInput(' ', 'day')).toEqual({});
  expect(limitInput('2', 'week')).toEqual({ limit: { limitNanoUsd: 2e9, period: 'week' } });
  expect(limitInput('x', 'day')).toHaveProperty('problem');
});
