import { expect, test } from 'vitest';
import { groupsToCsv, groupsToJson } from '../../src/ledger/export-totals.js';
import { EMPTY_TOTALS } from '../../src/shared/totals.js';
import type { UsageGroup } from '../../src/shared/usage.js';

function group(fields: Partial<UsageGroup>): UsageGroup {
  const standings = { ...EMPTY_TOTALS.standings, measured: 1 };
  return { ...EMPTY_TOTALS, key: 'gpt-5.4', exchanges: 1, standings, ...fields };
}

function cellsOf(row: UsageGroup): Record<string, string | undefined> {
  const [head, cells] = groupsToCsv([row])
    .split('\r\n')
    .map((line) => line.split(','));
  return Object.fromEntries((head ?? []).map((name, i) => [name, cells?.[i]]));
}

test('costs are in dollars to the billionth, so that a sheet can add them up exactly', () => {
  const cells = cellsOf(group({ inputTokens: 12, costNanoUsd: 1_234_567_891, surchargeNanoUsd: 61_728_395 }));
  expect(cells).toMatchObject({ input_tokens: '12', cost_usd: '1.234567891', surcharge_usd: '0.061728395' });
});

test('what nobody knows is null in JSON, not 0', () => {
  const none = EMPTY_TOTALS.standings;
  const [unpriced, unmetered, free] = groupsToJson([
    group({ inputTokens: 5, standings: { ...none, unpriced: 1 } }),
    group({ standings: { ...none, unmetered: 2 } }),
    group({ standings: { ...none, none: 2 } }),
  ]);
  expect(unpriced).toMatchObject({ inputTokens: 5, costNanoUsd: null, surchargeNanoUsd: null });
  expect(unmetered).toMatchObject({ inputTokens: null, outputTokens: null, costNanoUsd: null });
  expect(free).toMatchObject({ inputTokens: 0, costNanoUsd: 0, surchargeNanoUsd: 0 });
});

test('what was billed has a cost, and tokens where the bill told them', () => {
  const standings = { ...EMPTY_TOTALS.standings, billed: 1 };
  const costs = { costNanoUsd: 5, surchargeNanoUsd: 1 };
  expect(cellsOf(group({ ...costs, standings, outputTokens: 7 }))).toMatchObject({
    output_tokens: '7',
    cost_usd: '0.000000005',
    billed: '1',
  });
  expect(cellsOf(group({ ...costs, standings }))).toMatchObject({ output_tokens: '', cost_usd: '0.000000005' });
});

test('what nobody knows is empty, not 0', () => {
  const unpriced = cellsOf(group({ inputTokens: 5, standings: { ...EMPTY_TOTALS.standings, unpriced: 1 } }));
  expect(unpriced).toMatchObject({ input_tokens: '5', cost_usd: '', surcharge_usd: '', unpriced: '1' });
  const unmetered = cellsOf(group({ standings: { ...EMPTY_TOTALS.standings, unmetered: 1 } }));
  expect(unmetered).toMatchObject({ input_tokens: '', output_tokens: '', cost_usd: '', unmetered: '1' });
});

test.each([
  ['plain', 'plain'],
  ['with, comma', '"with, comma"'],
  ['with "quotes"', '"with ""quotes"""'],
  ['=HYPERLINK("http://evil")', '"\'=HYPERLINK(""http://evil"")"'],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
])('a name that came from outside: %s', (key, cell) => {
  expect(
    groupsToCsv([group({ key })])
      .split('\r\n')[1]
      ?.startsWith(`${cell},,1,`),
  ).toBe(true);
});
