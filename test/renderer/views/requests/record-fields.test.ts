import { expect, test } from 'vitest';
import {
  fieldsOf,
  formatBytes,
  formatExactMoment,
  formatExactUsd,
} from '../../../../src/renderer/views/requests/record-fields.js';
import type { PricedExchange, TokenUsage } from '../../../../src/shared/usage.js';
import { exchangeRecord } from '../../../helpers/exchange-record.js';

/** Every count another, so that each can be found again. */
const EVERY_COUNT: Required<TokenUsage> = {
  inputTokens: 9001,
  outputTokens: 9002,
  cacheReadInputTokens: 9003,
  cacheCreationInputTokens: 9004,
  cacheCreation1hInputTokens: 9005,
  cacheCreation12hInputTokens: 9006,
  reasoningOutputTokens: 9007,
  audioInputTokens: 9008,
  cacheReadAudioInputTokens: 9009,
  audioOutputTokens: 9010,
  imageInputTokens: 9011,
  cacheReadImageInputTokens: 9012,
  imageOutputTokens: 9013,
  inputCharacters: 9014,
  audioSeconds: 9015,
  images: 9016,
  webSearches: 9017,
  otherModelTokens: 9018,
  fileSearches: 9019,
  codeExecutions: 9020,
  imageGenerations: 9021,
  otherToolCalls: 9022,
};

const full: PricedExchange = {
  ...exchangeRecord(1, {
    serviceTier: 'priority',
    inferenceGeo: 'us',
    usage: EVERY_COUNT,
    rawUsage: { input_tokens: 8001, details: { deep: { deeper: 8002 } } },
    outcome: 'interrupted',
    errorType: 'client_abort',
    errorReason: 'The client left.',
    usageStanding: 'partial',
    transport: 'websocket',
  }),
  standing: 'partial',
  cost: { costNanoUsd: 4_123_450, surchargeNanoUsd: 206_172, priceListVersion: '2026-09-01' },
};

const flat = (record: PricedExchange) => fieldsOf(record, formatExactUsd).flatMap(({ fields }) => fields);
const text = (record: PricedExchange) =>
  flat(record)
    .map(({ label, value }) => `${label}: ${value}`)
    .join('\n');

test('every field of the record is there', () => {
  const shown = text(full);
  for (const count of Object.values(EVERY_COUNT)) expect(shown).toContain(count.toLocaleString('en-US'));
  const { usage: _usage, rawUsage: _raw, cost: _cost, startedAt, ...fields } = full;
  const words: Record<string, string> = {
    providerName: 'OpenAI',
    transport: 'WebSocket',
    streaming: 'Streaming: no',
    outcome: 'Interrupted',
    usageStanding: 'Partial',
    standing: 'Partial',
    timeToFirstChunkMs: '13 ms',
    durationMs: '100 ms',
    requestBytes: '200 B',
    responseBytes: '400 B',
  };
  for (const [name, value] of Object.entries(fields)) expect(shown).toContain(words[name] ?? String(value));
  expect(shown).toContain(formatExactMoment(startedAt));
  expect(shown).toContain('input_tokens: 8,001');
  expect(shown).toContain('details.deep.deeper: 8,002');
  expect(shown).toContain('Prices: 2026-09-01');
  expect(shown).toContain('Total: ≥ $0.004329622');
});

test('what is part of another count says so', () => {
  const of = flat(full).filter((field) => field.of);
  expect(of).toHaveLength(11);
  for (const { label } of of) expect(label).toMatch(/^of (which|those) /);
});

test('unknown is a dash, never a zero', () => {
  const { usage, rawUsage, cost, status, responseModel, timeToFirstChunkMs, ...rest } = full;
  const shown = text({ ...rest, usageStanding: 'unmetered', standing: 'unmetered' });
  expect(shown).toContain('Input tokens: –');
  expect(shown).toContain('Usage: –');
  expect(shown).toContain('Total: –');
  expect(shown).toContain('First chunk after: –');
  expect(shown).toContain('Status: – (the client left first)');
  expect(shown).not.toMatch(/: \$?0\b/);
});

test('usage without a price says why there is no cost', () => {
  const { cost, ...rest } = full;
  expect(text({ ...rest, usageStanding: 'measured', standing: 'unpriced' })).toContain('no price for it');
});

test('sizes and money without noise', () => {
  expect([0, 999, 1000, 48_120, 999_949, 999_950, 1_900_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '48.1 kB',
    '999.9 kB',
    '1.0 MB',
    '1.9 MB',
  ]);
  expect([0, 1, 4_120_000, 1_500_000_000, 12_000_000_000].map(formatExactUsd)).toEqual([
    '$0.00',
    '$0.000000001',
    '$0.00412',
    '$1.50',
    '$12.00',
  ]);
});

test('what was billed says so, and names no price list', () => {
  const cost = { costNanoUsd: 4_123_450, surchargeNanoUsd: 206_172 };
  const billed: PricedExchange = { ...full, sentTwice: true, usageStanding: 'billed', standing: 'billed', cost };
  expect(fieldsOf(billed, formatExactUsd).map(({ title }) => title)).toContain('Cost, billed');
  expect(text(billed)).toContain('this is what MeshAgent billed');
  expect(text(billed)).toContain('twice: the cost is that of both');
  expect(text(billed)).not.toMatch(/≥|Price list|list price|At least/);
  // Where the bill told no counts, those that were seen stand as what they are.
  expect(text({ ...billed, usageStanding: 'partial' })).toContain('Partial');
});
