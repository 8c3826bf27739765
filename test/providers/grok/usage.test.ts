/** Grok's usage says by its fields in which shape it is (meshagent.md, section 4). */
import { expect, test } from 'vitest';
import { endpointOf, providerOf } from '../../../src/providers/registry.js';

const read = providerOf('grok').usageOf;

test('section 4: with a field for the cache it is Anthropic’s: input apart, writes as input, reads as cached', () => {
  const counts = { input_tokens: 700, output_tokens: 80 };
  expect(read({ ...counts, cache_read_input_tokens: 2000, cache_creation_input_tokens: 300 })).toEqual({
    inputTokens: 3000,
    cacheReadInputTokens: 2000,
    outputTokens: 80,
  });
  expect(read({ ...counts, cache_creation_input_tokens: 300 })).toEqual({ inputTokens: 1000, outputTokens: 80 });
  expect(read({ ...counts, cache_read_input_tokens: 0 })).toMatchObject({ inputTokens: 700, cacheReadInputTokens: 0 });
});

test('section 4: any other is OpenAI’s: the cached are contained in the input, the reasoning in the output', () => {
  expect(
    read({
      input_tokens: 1000,
      input_tokens_details: { cached_tokens: 400 },
      output_tokens: 90,
      output_tokens_details: { reasoning_tokens: 64 },
      cost_in_usd_ticks: 123,
    }),
  ).toEqual({ inputTokens: 1000, cacheReadInputTokens: 400, outputTokens: 90, reasoningOutputTokens: 64 });
  expect(read({ input_tokens: 5, output_tokens: 6 })).toEqual({ inputTokens: 5, outputTokens: 6 });
});

test('section 4: of a decision, all of the input counts, and nothing else', () => {
  const usageOf = endpointOf('openai', '/v1/decisions')?.usageOf;
  const raw = { input_tokens: 1000, input_tokens_details: { cached_tokens: 600 }, output_tokens: 9 };
  expect(usageOf?.(raw)).toEqual({ inputTokens: 1000 });
});
