import { describe, expect, test } from 'vitest';
import { daysOfUtc, reconcile } from '../../src/billing/reconcile.js';
import type { BilledUsage } from '../../src/shared/session.js';
import { EMPTY_TOTALS } from '../../src/shared/totals.js';
import type { Standing, UsageGroup } from '../../src/shared/usage.js';

const DAY = Date.parse('2026-11-20T00:00:00Z');
const DAY_MS = 86_400_000;

function group(standing: Standing, fields: Partial<UsageGroup> = {}): UsageGroup {
  const standings = { ...EMPTY_TOTALS.standings, measured: 1, ...(standing === 'measured' ? {} : { [standing]: 1 }) };
  const tokens = { inputTokens: 90, outputTokens: 10 };
  return { ...EMPTY_TOTALS, key: 'gpt-5.4', exchanges: 2, ...tokens, costNanoUsd: 1_000_000, standings, ...fields };
}

function bill(totalUsd: number, quantity: number | undefined, fields: Partial<BilledUsage> = {}): BilledUsage {
  const named = { day: new Date(DAY).toISOString(), provider: 'openai', model: 'gpt-5.4', type: 'input_tokens' };
  return { ...named, totalUsd, quantity, ...fields };
}

/** The one row of a day on which this was estimated and that was billed. */
function compared(groups: UsageGroup[], bills: BilledUsage[], { isToday = false, running = false } = {}) {
  const active = running ? [{ model: 'gpt-5.4' } as never] : [];
  return reconcile({
    since: DAY,
    until: DAY + (isToday ? DAY_MS / 2 : 3 * DAY_MS),
    estimates: [{ at: DAY, groups }],
    billed: { value: bills, at: DAY },
    active,
  }).rows[0];
}

describe('why estimate and bill differ', () => {
  test.each([
    ['not at all', [group('measured')], [bill(0.001, 100)], {}, []],
    ['by less than a millionth of a dollar', [group('measured')], [bill(0.0010000004, 100)], {}, []],
    ['by an answer that was cut', [group('partial')], [bill(0.002, 250)], {}, ['partial']],
    ['by what has no price', [group('unpriced')], [bill(0.002, 100)], {}, ['unpriced']],
    ['by what was not reported', [group('unmetered')], [bill(0.002, 250)], {}, ['unmetered']],
    ['by another machine', [group('measured')], [bill(0.002, 250)], {}, ['other_machines']],
    ['by another machine alone', [], [bill(0.002, 250)], {}, ['other_machines']],
    ['by the price', [group('measured')], [bill(0.002, 100)], {}, ['prices']],
    ['by what still runs', [group('measured')], [bill(0.002, 250)], { isToday: true, running: true }, ['running']],
    ['by a bill that is not made yet', [group('measured')], [], { isToday: true }, ['not_billed_yet']],
    ['by a bill that lags behind', [group('measured')], [bill(0.0005, 50)], { isToday: true }, ['not_billed_yet']],
    ['by a lower price', [group('measured')], [bill(0.0005, 100)], {}, ['prices']],
    ['for reasons nobody tells', [group('measured')], [bill(0.002, undefined)], {}, []],
  ])('%s', (_, groups, bills, now, reasons) => {
    expect(compared(groups, bills, now)?.reasons).toEqual(reasons);
  });
});

test('what is unknown on one side has no difference, and is not 0', () => {
  const standings = { ...EMPTY_TOTALS.standings, unpriced: 3 };
  const row = compared([group('unpriced', { costNanoUsd: 0, standings })], [bill(0.002, 100)]);
  expect(row).toMatchObject({ billedNanoUsd: 2_000_000, reasons: ['unpriced'] });
  expect([row?.estimateNanoUsd, row?.differenceNanoUsd]).toEqual([undefined, undefined]);
  const unbilled = compared([group('measured')], []);
  expect([unbilled?.estimateNanoUsd, unbilled?.billedNanoUsd]).toEqual([1_000_000, undefined]);
});

test('the surcharge is in both, and a snapshot is its model', () => {
  const groups = [group('measured', { key: 'gpt-5.4-2026-03-05', surchargeNanoUsd: 50_000 })];
  const bills = [bill(0.001, 100), bill(0.00005, undefined, { type: 'llm_proxy_surcharge' })];
  expect(compared(groups, bills)).toMatchObject({ model: 'gpt-5.4', differenceNanoUsd: 0, reasons: [], exchanges: 2 });
});

test('a service that does not part days is compared over all of them', () => {
  const { rows } = reconcile({
    since: DAY,
    until: DAY + 2 * DAY_MS,
    estimates: [0, 1].map((n) => ({ at: DAY + n * DAY_MS, groups: [group('measured')] })),
    billed: { value: [bill(0.002, 200, { day: undefined })], at: DAY },
    active: [],
  });
  expect(rows).toMatchObject([{ day: undefined, exchanges: 4, differenceNanoUsd: 0, reasons: [] }]);
});

test('what bills nothing needs no bill', () => {
  const standings = { ...EMPTY_TOTALS.standings, none: 4 };
  expect(compared([group('none', { costNanoUsd: 0, standings })], [])).toBeUndefined();
});

test('a period is widened to the days of UTC that it touches, and ends now at the latest', () => {
  const now = DAY + 2 * DAY_MS + 5;
  expect(daysOfUtc({ since: DAY + 7 }, now)).toEqual({ since: DAY, until: now });
  expect(daysOfUtc({ since: DAY + 7, until: DAY + DAY_MS + 1 }, now)).toEqual({ since: DAY, until: DAY + 2 * DAY_MS });
});
