import { expect, test } from 'vitest';
import { pricingOf } from '../../src/pricing/pricing.js';
import { billLines } from '../../src/simulator/prices.js';

/** What Meshbar estimates for the same, in USD. */
function estimate(providerName: 'openai' | 'anthropic', model: string, usage: object, serviceTier?: string): number {
  const { cost } = pricingOf({
    id: '1',
    startedAt: Date.now(),
    providerName,
    tool: '',
    method: 'POST',
    path: '',
    transport: 'http',
    streaming: false,
    responseModel: model,
    serviceTier,
    usage,
    usageStanding: 'measured',
    durationMs: 0,
    requestBytes: 0,
    responseBytes: 0,
    outcome: 'complete',
  });
  return (cost?.costNanoUsd ?? Number.NaN) / 1e9;
}

const sum = (lines: { usd: number }[]) => lines.reduce((total, { usd }) => total + usd, 0);

test.each([
  ['gpt-5.4', undefined],
  ['gpt-5.4', 'flex'],
  ['gpt-5.4', 'priority'],
  ['gpt-5.4-mini', undefined],
  ['gpt-5.4-nano', undefined],
  ['gpt-4.1-mini', 'priority'],
  ['gpt-4o-mini', undefined],
])('%s at tier %s costs what the public list says', (model, tier) => {
  const lines = billLines(model, { input_tokens: 60_000, cached_tokens: 40_000, output_tokens: 5_000 }, tier);
  const usage = { inputTokens: 100_000, cacheReadInputTokens: 40_000, outputTokens: 5_000 };
  expect(sum(lines)).toBeCloseTo(estimate('openai', model, usage, tier), 8);
});

test.each(['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-haiku-4-5'])('%s too, cache writes apart', (model) => {
  const billed = {
    input_tokens: 1_000,
    cache_read_input_tokens: 50_000,
    cache_creation_input_tokens: 3_000,
    cache_creation_1h_input_tokens: 2_000,
    output_tokens: 700,
  };
  const usage = {
    inputTokens: 56_000,
    cacheReadInputTokens: 50_000,
    cacheCreationInputTokens: 5_000,
    cacheCreation1hInputTokens: 2_000,
    outputTokens: 700,
  };
  expect(sum(billLines(model, billed, 'standard'))).toBeCloseTo(estimate('anthropic', model, usage), 8);
});

test('long contexts and tiers are named in the type', () => {
  const lines = billLines('gpt-5.4', { input_tokens: 300_000, output_tokens: 1_000 }, 'flex');
  expect(lines.map(({ type }) => type)).toEqual(['input_tokens_flex_long', 'output_tokens_flex_long']);
  const standard = billLines('gpt-5.4', { input_tokens: 300_000, output_tokens: 1_000 }, 'default');
  const usage = { inputTokens: 300_000, outputTokens: 1_000 };
  expect(sum(standard)).toBeCloseTo(estimate('openai', 'gpt-5.4', usage), 8);
});
