import { expect, test } from 'vitest';
import { sorted } from '../../../../src/renderer/views/usage/table-rows.js';
import { parseChoices } from '../../../../src/renderer/views/usage/use-choices.js';
import { PERIODS } from '../../../../src/shared/ipc.js';
import { EMPTY_TOTALS } from '../../../../src/shared/totals.js';
import type { UsageGroup } from '../../../../src/shared/usage.js';

const group = (key: string, costNanoUsd: number, exchanges: number, isPriced = true): UsageGroup => ({
  ...EMPTY_TOTALS,
  key,
  costNanoUsd,
  exchanges,
  standings: { ...EMPTY_TOTALS.standings, [isPriced ? 'measured' : 'unpriced']: exchanges },
});
const GROUPS = [group('b', 5, 1), group('unpriced', 0, 9, false), group('a', 5, 2), group('free', 0, 3)];
const keys = (column: string, ascending: boolean) => sorted(GROUPS, { column, ascending }).map(({ key }) => key);

test('by cost, what has no known one is below all others, and names decide between equals', () => {
  expect(keys('cost', false)).toEqual(['a', 'b', 'free', 'unpriced']);
  expect(keys('cost', true)).toEqual(['unpriced', 'free', 'a', 'b']);
});

test('by name and by count, both ways', () => {
  expect(keys('name', true)).toEqual(['a', 'b', 'free', 'unpriced']);
  expect(keys('name', false)).toEqual(['unpriced', 'free', 'b', 'a']);
  expect(keys('requests', false)).toEqual(['unpriced', 'free', 'a', 'b']);
});

test('what was kept of the choices counts as far as it can still be chosen', () => {
  const usual = { period: '24h', metric: 'cost', by: 'model' };
  for (const text of [null, '', '{', '1', 'null', '[]', '{"period":"1y","metric":3,"by":"day"}']) {
    expect(parseChoices(text), String(text)).toEqual(usual);
  }
  for (const period of PERIODS) expect(parseChoices(JSON.stringify({ period })).period).toBe(period);
  expect(parseChoices('{"metric":"errors","by":"tool"}')).toEqual({ ...usual, metric: 'errors', by: 'tool' });
});
