import { expect, test } from 'vitest';
import { addExchanges, EMPTY_TOTALS } from '../../src/shared/totals.js';
import type { PricedExchange } from '../../src/shared/usage.js';
import { exchangeCostText, exchangeLine, totalsLine, usageTable } from '../../src/terminal/lines.js';
import { sumText, tokensText } from '../../src/words/format-totals.js';
import { NOW, record } from '../helpers/terminal-model.js';

const UNPRICED = { standing: 'unpriced', cost: undefined } as const;
const UNMETERED = { standing: 'unmetered', usageStanding: 'unmetered', usage: undefined, cost: undefined } as const;
const NONE = { standing: 'none', usageStanding: 'none', usage: undefined, cost: undefined } as const;
const PARTIAL = { standing: 'partial', usageStanding: 'partial' } as const;

function sumOf(...records: PricedExchange[]) {
  return addExchanges(EMPTY_TOTALS, records);
}

test('an exchange on one line', () => {
  expect(exchangeLine(record({ startedAt: NOW }))).toBe(
    '14:32:08  Claude Code  anthropic  POST /v1/messages  200 complete  claude-sonnet-4-6  in 48.1 k  cached 40.0 k  out 1.92 k  first 420 ms  12.4 s  $0.105',
  );
});

test('a failure says why, on the same line, without keys that the provider quotes', () => {
  const line = exchangeLine(
    record({
      ...NONE,
      startedAt: NOW,
      status: undefined,
      outcome: 'failed',
      errorType: 'invalid_api_key',
      errorReason: 'Incorrect API key provided:\nsk-abcdefgh1234\u001b[31m',
      timeToFirstChunkMs: undefined,
    }),
  );
  expect(line).toMatch(
    / --- failed {2}claude-sonnet-4-6 {2}in – {2}cached – {2}out – {2}first – .*– {2}invalid_api_key: Incorrect API key provided: sk-\[redacted\] \[31m$/,
  );
});

test('what was sent twice says so, and that its cost may be more', () => {
  const line = exchangeLine(record({ ...PARTIAL, sentTwice: true }));
  expect(line).toMatch(/ {2}≥\$0\.105 {2}sent twice: may have been billed twice$/);
});

test.each([
  ['what is known', {}, '$0.105'],
  ['what is known in part', PARTIAL, '≥$0.105'],
  ['usage without a price', UNPRICED, 'unpriced'],
  ['usage that nobody reported', UNMETERED, 'unmetered'],
  ['nothing that costs', NONE, '–'],
])('the cost of %s', (_name, fields, expected) => {
  expect(exchangeCostText(record(fields))).toBe(expected);
});

test.each([
  ['all known', [record(), record()], '$0.210', '96.2 k'],
  ['one cut', [record(), record(PARTIAL)], '≥$0.210', '96.2 k'],
  ['one without a price', [record(), record(UNPRICED)], '≥$0.105', '96.2 k'],
  ['one not reported', [record(), record(UNMETERED)], '≥$0.105', '48.1 k'],
  ['none with a price', [record(UNPRICED), record(UNMETERED)], 'unpriced', '48.1 k'],
  ['none reported', [record(UNMETERED)], 'unmetered', '–'],
  ['nothing that costs', [record(NONE)], '$0.00', '–'],
  ['nothing at all', [], '$0.00', '–'],
])('a sum of %s never shows less as if it were all', (_name, records, cost, tokens) => {
  const sum = sumOf(...records);
  expect(sumText(sum, sum.costNanoUsd + sum.surchargeNanoUsd)).toBe(cost);
  expect(tokensText(sum, sum.inputTokens)).toBe(tokens);
});

test('totals on one line', () => {
  const sum = sumOf(record(), record(UNPRICED), record({ ...PARTIAL, outcome: 'interrupted' }), record(UNMETERED));
  expect(totalsLine(sum)).toBe(
    '4 requests · 0 failed · 1 interrupted · in 144 k (cached 120 k) · out 5.76 k · cost ≥$0.200 + surcharge ≥$0.010 = ≥$0.210 · 1 partial · 1 unpriced · 1 unmetered',
  );
  expect(totalsLine(sumOf(record()))).toMatch(/^1 request · .* · cost \$0\.100 \+ surcharge \$0\.005 = \$0\.105$/);
  expect(totalsLine(sumOf(record(UNMETERED)))).toMatch(/ · cost unmetered · 1 unmetered$/);
});

test('a table whose figures stand below one another, whatever the names are made of', () => {
  const table = usageTable(
    [
      { ...sumOf(record()), key: 'claude-sonnet-4-6', providerName: 'anthropic' },
      { ...sumOf(record(UNPRICED)), key: '模型\u001b[2J', providerName: 'openai' },
    ],
    'model',
  );
  expect(table.split('\n')).toEqual([
    'model              provider   requests      in  cached     out  subtotal  surcharge     total',
    'claude-sonnet-4-6  anthropic         1  48.1 k  40.0 k  1.92 k    $0.100     $0.005    $0.105',
    '模型 [2J           openai            1  48.1 k  40.0 k  1.92 k  unpriced   unpriced  unpriced',
  ]);
});
