import { expect, test } from 'vitest';
import { chartDataOf, isMore, stretchesOf } from '../../../../src/renderer/views/usage/chart-data.js';
import type { ShownUsage } from '../../../../src/shared/ipc.js';
import { EMPTY_TOTALS } from '../../../../src/shared/totals.js';
import type { UsageGroup, UsagePoint, UsageTotals } from '../../../../src/shared/usage.js';

const HOUR = 3_600_000;
const NOW = 500_000 * HOUR + 1;

const totals = (fields: Partial<UsageTotals> = {}): UsageTotals => ({ ...EMPTY_TOTALS, exchanges: 1, ...fields });
const point = (hoursAgo: number, key: string, fields: Partial<UsageTotals> = {}): UsagePoint => ({
  ...totals(fields),
  at: (500_000 - hoursAgo) * HOUR,
  key,
});
const view = (points: readonly UsagePoint[]): ShownUsage => ({
  since: NOW - 3 * HOUR,
  until: NOW,
  bucketMs: HOUR,
  points,
  groups: points.map(({ at: _at, ...group }): UsageGroup => group),
  totals: EMPTY_TOTALS,
});

test('every hour has a row, empty ones too, as main parts them', () => {
  const { rows } = chartDataOf(view([point(1, 'a')]), 'requests', ['a']);
  expect(rows.map(({ at }) => at / HOUR)).toEqual([499_997, 499_998, 499_999, 500_000]);
  expect(rows.map(({ values }) => values)).toEqual([[0], [0], [1], [0]]);
  expect(rows.map(({ cells }) => cells.length)).toEqual([0, 0, 1, 0]);
});

test('days are those of the calendar, whatever their length', () => {
  const since = new Date(2026, 2, 27, 15).getTime();
  const days = stretchesOf({ since, until: new Date(2026, 2, 31, 9).getTime(), bucketMs: 'day' });
  expect(days).toHaveLength(5);
  for (const [n, { at, end }] of days.entries()) {
    expect(at).toBe(new Date(2026, 2, 27 + n).getTime());
    expect(end).toBe(new Date(2026, 2, 28 + n).getTime());
  }
});

test('names without a colour are drawn as one, on top', () => {
  const points = [
    point(0, 'a', { costNanoUsd: 5 }),
    point(0, 'x', { costNanoUsd: 2 }),
    point(0, 'y', { surchargeNanoUsd: 1 }),
  ];
  const { series, rows } = chartDataOf(view(points), 'cost', ['a']);
  expect(series.map(({ name }) => name)).toEqual(['a', undefined]);
  expect(rows.at(-1)?.values).toEqual([5, 3]);
  expect(rows.at(-1)?.totals).toMatchObject({ exchanges: 3, costNanoUsd: 7, surchargeNanoUsd: 1 });
});

test('of errors, what failed and what was interrupted are drawn apart', () => {
  const { series, rows } = chartDataOf(view([point(0, 'a', { failed: 2, interrupted: 1 })]), 'errors', ['a']);
  expect(series.map(({ part }) => part)).toEqual(['failed', 'interrupted']);
  expect(rows.at(-1)?.values).toEqual([2, 1]);
});

test('a bar is too low where something in it has no price or was not measured', () => {
  const standings = { ...EMPTY_TOTALS.standings, unpriced: 1 };
  expect(isMore('cost', totals({ standings }))).toBe(true);
  expect(isMore('tokens', totals({ standings }))).toBe(false);
  expect(isMore('requests', totals({ standings }))).toBe(false);
  expect(isMore('cost', totals({ standings: { ...EMPTY_TOTALS.standings, measured: 3, none: 1 } }))).toBe(false);
});
