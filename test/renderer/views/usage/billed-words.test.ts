import { expect, test } from 'vitest';
import {
  billedWords,
  dayWords,
  differenceWords,
  estimateWords,
  moneyWords,
  reasonWords,
} from '../../../../src/renderer/views/usage/billed-words.js';
import type { ReconciledUsage } from '../../../../src/shared/reconciliation.js';

const since = Date.parse('2026-09-21T00:00:00Z');

function row(fields: Partial<ReconciledUsage>): ReconciledUsage {
  const { estimateNanoUsd, billedNanoUsd } = fields;
  const isKnown = estimateNanoUsd !== undefined && billedNanoUsd !== undefined;
  return {
    day: '2026-09-21',
    providerName: 'openai',
    model: 'gpt-5.4',
    exchanges: 1,
    estimateNanoUsd: undefined,
    atLeast: false,
    billedNanoUsd: undefined,
    differenceNanoUsd: isKnown ? billedNanoUsd - estimateNanoUsd : undefined,
    reasons: [],
    ...fields,
  };
}

test.each([
  [[{ estimateNanoUsd: 12e7, billedNanoUsd: 13e7 }], 'billed $0.13 since Sep 21, $0.01 more than estimated'],
  [[{ estimateNanoUsd: 123e6, billedNanoUsd: 125e6 }], 'billed $0.13 since Sep 21, as estimated'],
  [
    [{ estimateNanoUsd: 3e9, billedNanoUsd: 1e9 }, { estimateNanoUsd: 1e9 }],
    'billed $1.00 since Sep 21, $3.00 less than estimated',
  ],
  [[{ billedNanoUsd: 13e7, atLeast: true }], 'billed $0.13 since Sep 21; the estimate is not known'],
  [[{ estimateNanoUsd: 1e9 }], 'has billed nothing since Sep 21 yet'],
  [[], 'has billed nothing since Sep 21 yet'],
] as const)('the sums of %j', (rows, words) => {
  expect(billedWords({ rows: rows.map(row), since })).toBe(`MeshAgent ${words}`);
});

test('what is not known is a dash, what lacks something is at least, and small sums are no $0.00', () => {
  const unknown = row({ billedNanoUsd: 2e9, atLeast: true, reasons: ['unpriced'] });
  expect([estimateWords(unknown), moneyWords(unknown.billedNanoUsd), differenceWords(unknown)]).toEqual([
    '–',
    '$2.00',
    '–',
  ]);
  const partial = row({ estimateNanoUsd: 1e9, billedNanoUsd: 3e9, atLeast: true, reasons: ['partial', 'running'] });
  expect([estimateWords(partial), differenceWords(partial)]).toEqual(['≥$1.00', '+$2.00']);
  expect(reasonWords(partial)).toBe('Answers cut off or sent twice, requests in progress');
  const small = row({ estimateNanoUsd: 4_100_000, billedNanoUsd: 10_000, reasons: ['prices'] });
  expect([estimateWords(small), moneyWords(small.billedNanoUsd), differenceWords(small)]).toEqual([
    '$0.0041',
    '<$0.0001',
    '-$0.0041',
  ]);
  const same = row({ estimateNanoUsd: 5e9, billedNanoUsd: 5e9 });
  expect([differenceWords(same), reasonWords(same)]).toEqual(['none', '']);
});

test('a day is that of UTC, wherever one lives', () => {
  expect([dayWords('2026-09-21'), dayWords(since)]).toEqual(['Sep 21', 'Sep 21']);
});
