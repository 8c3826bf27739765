import { readFile } from 'node:fs/promises';
import { calcPrice, extractUsage, findProvider, type Provider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUNDLED_PRICE_LIST, pricingOf, SURCHARGE_RATE } from '../../src/pricing/pricing.js';
import { ALL_PROVIDERS, providerOf } from '../../src/providers/registry.js';
import { numbersOf } from '../../src/providers/usage-fields.js';
import { roundHalfEven } from '../../src/shared/rounding.js';
import type { ExchangeRecord, TokenUsage } from '../../src/shared/usage.js';
import { message, messageStream } from '../fixtures/anthropic.js';
import * as openai from '../fixtures/openai.js';
import { meterExchange } from '../helpers/meter-exchange.js';

const AUTUMN_2026 = Date.parse('2026-11-01T12:00:00Z');

function exchange(fields: Partial<ExchangeRecord> & { usage?: TokenUsage }): ExchangeRecord {
  return {
    id: 'ex_1',
    startedAt: AUTUMN_2026,
    providerName: 'openai',
    tool: 'curl',
    method: 'POST',
    path: '/v1/responses',
    transport: 'http',
    streaming: false,
    usageStanding: 'measured',
    durationMs: 1,
    requestBytes: 0,
    responseBytes: 0,
    outcome: 'complete',
    ...fields,
  };
}

/** Cost in USD for a million times the usage, so that prices can be read off the providers' tables. */
function usdOf(model: string, usage: TokenUsage, fields: Partial<ExchangeRecord> = {}): number | undefined {
  const providerName = model.startsWith('claude') ? 'anthropic' : 'openai';
  const { cost, standing } = pricingOf(exchange({ providerName, responseModel: model, usage, ...fields }));
  expect(standing).toBe(cost === undefined ? 'unpriced' : 'measured');
  return cost === undefined ? undefined : cost.costNanoUsd / 1e9;
}

const M = 1_000_000;

describe('list prices', () => {
  it.each<[string, TokenUsage, number]>([
    // https://platform.openai.com/docs/pricing
    ['gpt-5.4-mini', { inputTokens: M }, 0.75],
    ['gpt-5.4-mini', { inputTokens: M, cacheReadInputTokens: M }, 0.075],
    ['gpt-5.4-mini', { outputTokens: M, reasoningOutputTokens: M }, 4.5],
    ['gpt-5.4-mini-2026-03-17', { inputTokens: M, cacheReadInputTokens: 400_000, outputTokens: M }, 0.45 + 0.03 + 4.5],
    ['text-embedding-3-small', { inputTokens: M }, 0.02],
    // No price for cached input: it costs what input costs.
    ['gpt-5.4-pro', { inputTokens: 100_000, cacheReadInputTokens: 50_000 }, 3],
    // Long contexts: from 272,000 tokens on, the whole exchange.
    ['gpt-5.4', { inputTokens: 271_999, outputTokens: 1000 }, 0.6799975 + 0.015],
    ['gpt-5.4', { inputTokens: 272_000, outputTokens: 1000 }, 1.36 + 0.0225],
    [
      'gpt-5.6-sol',
      { inputTokens: 300_000, cacheReadInputTokens: 100_000, cacheCreationInputTokens: 100_000 },
      0.8 + 0.08 + 1,
    ],
    // https://docs.anthropic.com/en/docs/about-claude/pricing
    ['claude-sonnet-4-5-20250929', { inputTokens: 200_000, outputTokens: 1000 }, 0.6 + 0.015],
    ['claude-sonnet-4-5-20250929', { inputTokens: 200_001, outputTokens: 1000 }, 1.200006 + 0.0225],
    ['claude-opus-4-6', { inputTokens: M, cacheReadInputTokens: M }, 0.5],
    ['claude-opus-4-6', { inputTokens: M, cacheCreationInputTokens: M, cacheCreation1hInputTokens: 0 }, 6.25],
    ['claude-opus-4-6', { inputTokens: M, cacheCreationInputTokens: M, cacheCreation1hInputTokens: M }, 10],
    ['claude-opus-4-6', { inputTokens: M, cacheCreationInputTokens: M, cacheCreation1hInputTokens: 200_000 }, 5 + 2],
    // Audio, images, minutes, searches.
    [
      'gpt-realtime',
      {
        inputTokens: 1000,
        audioInputTokens: 600,
        cacheReadInputTokens: 300,
        cacheReadAudioInputTokens: 200,
        outputTokens: 100,
        audioOutputTokens: 80,
      },
      (300 * 4 + 400 * 32 + 100 * 0.4 + 200 * 0.4 + 20 * 16 + 80 * 64) / M,
    ],
    [
      'gpt-4o-transcribe',
      { inputTokens: 140, audioInputTokens: 130, outputTokens: 45 },
      (10 * 2.5 + 130 * 6 + 45 * 10) / M,
    ],
    [
      'gpt-image-1.5',
      { inputTokens: 50, imageInputTokens: 30, outputTokens: 4160, imageOutputTokens: 4160 },
      (20 * 5 + 30 * 8 + 4160 * 32) / M,
    ],
    ['gpt-5.4-mini', { inputTokens: 1000, imageInputTokens: 400 }, 0.00075],
    ['whisper-1', { audioSeconds: 90 }, 0.009],
    ['gpt-5.4-mini', { inputTokens: 1000, webSearches: 3 }, 0.00075 + 0.03],
    ['claude-opus-4-6', { inputTokens: 1000, webSearches: 2 }, 0.005 + 0.02],
    // Nothing used costs nothing: that is known.
    ['gpt-5.4-mini', { inputTokens: 0, outputTokens: 0 }, 0],
  ])('%s %j', (model, usage, usd) => {
    expect(usdOf(model, usage)).toBeCloseTo(usd, 9);
  });

  it('hold at the time of the exchange', () => {
    const at = (date: string) => usdOf('gpt-5.6-sol', { inputTokens: 1000 }, { startedAt: Date.parse(date) });
    expect(at('2026-08-20T23:59:59Z')).toBe(0.005);
    expect(at('2026-08-21T00:00:00Z')).toBe(0.004);
    expect(usdOf('claude-opus-4-6', { inputTokens: 300_000 }, { startedAt: Date.parse('2026-02-20') })).toBe(3);
    expect(usdOf('claude-opus-4-6', { inputTokens: 300_000 })).toBe(1.5);
  });

  it('are those of the installed package', async () => {
    const text = await readFile(
      new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url),
      'utf8',
    );
    expect(BUNDLED_PRICE_LIST).toBe(`genai-prices ${(JSON.parse(text) as { version: string }).version}`);
    for (const { priceListId } of ALL_PROVIDERS) expect(findProvider({ providerId: priceListId })).toBeDefined();
  });
});

describe('service tiers', () => {
  it.each([
    ['gpt-5.4-mini', 'default', 1],
    ['gpt-5.4-mini', 'auto', 1],
    ['gpt-5.4-mini', 'flex', 0.5],
    ['gpt-5.4-mini', 'batch', 0.5],
    ['gpt-5.4-mini', 'priority', 2],
    ['gpt-5.4', 'priority', 2],
    ['gpt-5.5', 'priority', 2.5],
    ['gpt-5.5-2026-04-23', 'fast', 2.5],
    ['gpt-5.6-sol', 'priority', 2],
    ['gpt-6-luna', 'priority', 2],
    ['gpt-5', 'priority', 2],
    ['gpt-5-codex', 'priority', 2],
    ['gpt-5-mini', 'priority', 1.8],
    ['gpt-4.1-mini', 'priority', 1.75],
    ['gpt-4.1-nano', 'priority', 2],
    ['gpt-4o', 'priority', 1.7],
    ['gpt-4o-2024-05-13', 'priority', 1.75],
    ['o3', 'priority', 1.75],
    ['claude-sonnet-4-5', 'standard', 1],
    ['claude-sonnet-4-5', 'batch', 0.5],
    ['claude-opus-4-6', 'fast', 6],
    ['claude-opus-4-8', 'fast', 2],
  ])('%s in %s costs %d times the standard price', (model, serviceTier, multiple) => {
    const usage = { inputTokens: 10_000, cacheReadInputTokens: 2000, outputTokens: 3000 };
    expect(usdOf(model, usage, { serviceTier })).toBeCloseTo((usdOf(model, usage) as number) * multiple, 8);
  });

  it.each([
    ['gpt-5.4-nano', 'priority'],
    ['gpt-5-pro', 'priority'],
    ['gpt-5.4', 'ultrafast'],
    ['gpt-5.4', 'scale'],
    ['gpt-5.4', 'a tier of tomorrow'],
    ['claude-sonnet-4-5', 'priority'],
    ['claude-sonnet-4-5', 'fast'],
  ])('%s in %s is unpriced', (model, serviceTier) => {
    expect(usdOf(model, { inputTokens: 10 }, { serviceTier })).toBeUndefined();
  });

  it('does not cover long contexts where the provider leaves them out', () => {
    const usage = { inputTokens: 300_000 };
    expect(usdOf('gpt-5.5', usage, { serviceTier: 'priority' })).toBeUndefined();
    expect(usdOf('gpt-5.6-sol', usage, { serviceTier: 'priority' })).toBe(4.8);
  });

  it('leaves searches at their price', () => {
    expect(usdOf('gpt-5.4-mini', { inputTokens: 1000, webSearches: 1 }, { serviceTier: 'flex' })).toBe(0.000375 + 0.01);
  });

  it('stacks with inference bound to a place', () => {
    const usage = { inputTokens: 100_000 };
    expect(usdOf('claude-opus-4-6', usage, { inferenceGeo: 'global' })).toBe(0.5);
    expect(usdOf('claude-opus-4-6', usage, { inferenceGeo: 'us' })).toBe(0.55);
    expect(usdOf('claude-opus-4-6', usage, { inferenceGeo: 'us', serviceTier: 'batch' })).toBe(0.275);
    expect(usdOf('claude-opus-4-6', usage, { inferenceGeo: 'mars' })).toBeUndefined();
  });
});

describe('what nobody knows the price of', () => {
  it.each<[string, TokenUsage]>([
    ['gpt-99', { inputTokens: 10 }],
    ['claude-99', { inputTokens: 10 }],
    ['', { inputTokens: 10 }],
    ['gpt-4o-audio-preview', { inputTokens: 10, audioInputTokens: 5 }],
    ['text-embedding-3-small', { inputTokens: 10, outputTokens: 5 }],
    ['tts-1', { inputCharacters: 100 }],
    ['gpt-5.4', { inputCharacters: 100 }],
    ['gpt-image-1', { images: 1 }],
    ['gpt-5.4', { audioSeconds: 10 }],
    ['gpt-5.4-nano', { inputTokens: 10, webSearches: 1, otherModelTokens: 7 }],
    ['gpt-5.6-sol', { inputTokens: 10, cacheCreationInputTokens: 5, cacheCreation12hInputTokens: 5 }],
    ['gpt-5.6-sol', { inputTokens: 10, cacheCreationInputTokens: 5, cacheCreation1hInputTokens: 5 }],
    // Counts that contradict each other.
    ['gpt-5.4', { inputTokens: 10, cacheReadInputTokens: 11 }],
    ['gpt-5.4', { cacheReadInputTokens: 11 }],
  ])('is unpriced: %s %j', (model, usage) => {
    expect(usdOf(model, usage)).toBeUndefined();
  });

  it('is never priced as another provider’s model', () => {
    const record = exchange({ providerName: 'anthropic', responseModel: 'gpt-5.4', usage: { inputTokens: 10 } });
    expect(pricingOf(record).standing).toBe('unpriced');
  });
});

describe('standings', () => {
  it.each(['none', 'unmetered'] as const)('%s has no cost, whatever was counted', (usageStanding) => {
    const priced = pricingOf(exchange({ usageStanding, responseModel: 'gpt-5.4', usage: { inputTokens: 10 } }));
    expect(priced.standing).toBe(usageStanding);
    expect(priced.cost).toBeUndefined();
  });

  it('partial has the cost of what was seen', () => {
    const priced = pricingOf(
      exchange({
        usageStanding: 'partial',
        providerName: 'anthropic',
        responseModel: 'claude-opus-5',
        usage: { inputTokens: 1000 },
      }),
    );
    expect(priced).toMatchObject({ standing: 'partial', cost: { costNanoUsd: 5_000_000 } });
  });

  it('the request’s model stands in where the list does not know the response’s', () => {
    const fields = { requestModel: 'gpt-5.4-mini', usage: { inputTokens: 1000 } };
    expect(pricingOf(exchange({ ...fields, responseModel: 'gpt-5.4-mini-2099-01-01' })).cost?.costNanoUsd).toBe(
      750_000,
    );
    expect(pricingOf(exchange(fields)).cost?.costNanoUsd).toBe(750_000);
  });
});

describe('sums of money', () => {
  it('are whole nano-dollars, with the surcharge apart', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000_000),
        fc.nat(200_000),
        fc.constantFrom('flex', 'default', 'priority'),
        (input, output, serviceTier) => {
          const usage = { inputTokens: input, cacheReadInputTokens: Math.floor(input / 3), outputTokens: output };
          const { cost } = pricingOf(exchange({ responseModel: 'gpt-5.6-luna', serviceTier, usage }));
          expect(Number.isSafeInteger(cost?.costNanoUsd)).toBe(true);
          expect(cost?.surchargeNanoUsd).toBe(roundHalfEven((cost?.costNanoUsd as number) * SURCHARGE_RATE));
          expect(cost?.priceListVersion).toBe(BUNDLED_PRICE_LIST);
        },
      ),
    );
  });

  it('do not depend on what was priced before', () => {
    const price = () => usdOf('gpt-5.4-mini', { inputTokens: M });
    const before = price();
    for (let i = 0; i < 1200; i += 1) usdOf(`gpt-unknown-${i}`, { inputTokens: 1 });
    expect(price()).toBe(before);
  });
});

describe('the quick way to price text', () => {
  const listed = ALL_PROVIDERS.flatMap(({ name, priceListId: providerId }) =>
    (findProvider({ providerId }) as Provider).models.map((model) => [name, model] as const),
  );

  it('gives what the price list’s own arithmetic gives, for each model it has', () => {
    const anyCount = fc.oneof(
      fc.nat(10_000),
      fc.nat(400_000),
      fc.constantFrom(0, 200_000, 200_001, 271_999, 272_000, 272_001),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...listed),
        fc.record({ plain: anyCount, read: anyCount, written: anyCount, written1h: anyCount, output: anyCount }),
        fc.constantFrom('2025-01-01', '2026-03-12T23:59:59Z', '2026-03-13', '2026-07-30', '2026-08-21', '2026-11-01'),
        ([providerName, model], counts, date) => {
          const startedAt = Date.parse(date);
          const written1h = providerName === 'anthropic' ? counts.written1h : 0;
          const usage = {
            inputTokens: counts.plain + counts.read + counts.written + written1h,
            cacheReadInputTokens: counts.read,
            cacheCreationInputTokens: counts.written + written1h,
            cacheCreation1hInputTokens: written1h,
            outputTokens: counts.output,
          };
          const { cost } = pricingOf(exchange({ providerName, responseModel: model.id, usage, startedAt }));
          const theirs = calcPrice(
            {
              input_tokens: usage.inputTokens,
              cache_read_tokens: usage.cacheReadInputTokens,
              cache_write_tokens: usage.cacheCreationInputTokens,
              cache_write_1h_tokens: usage.cacheCreation1hInputTokens,
              output_tokens: usage.outputTokens,
            },
            model.id,
            { providerId: providerName, timestamp: new Date(startedAt) },
          );
          if (cost) expect(cost.costNanoUsd / 1e9).toBeCloseTo(theirs?.total_price as number, 8);
          else {
            // Unpriced only where a unit that was used has no price of its own.
            const prices = theirs?.model_price ?? {};
            const lacking = [
              [usage.inputTokens, prices.input_mtok],
              [usage.outputTokens, prices.output_mtok],
              [written1h, prices.cache_write_1h_mtok],
            ].some(([count, price]) => Boolean(count) && price === undefined);
            expect(lacking).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('may keep a model’s prices for a day: none changes by the hour', () => {
    for (const [, { prices }] of listed) {
      if (!Array.isArray(prices)) continue;
      for (const { constraint } of prices) expect([undefined, 'start_date']).toContain(constraint?.type);
    }
  });
});

describe('the price list’s own reading of an answer', () => {
  // The package can read usage too: an oracle for our own reading.
  it.each([
    ['openai', 'chat', openai.chatCompletion],
    ['openai', 'responses', openai.response],
    ['openai', 'embeddings', openai.embeddings],
    ['anthropic', 'default', message],
  ] as const)('agrees with ours: %s %s', (providerName, flavor, answer) => {
    const provider = findProvider({ providerId: providerName }) as Provider;
    const theirs = extractUsage(provider, answer, flavor);
    const ours = providerOf(providerName).usageOf(numbersOf(answer.usage) ?? {}) as TokenUsage;
    expect({
      input_tokens: ours.inputTokens,
      output_tokens: ours.outputTokens,
      cache_read_tokens: ours.cacheReadInputTokens,
      cache_write_tokens: ours.cacheCreationInputTokens,
    }).toEqual({
      input_tokens: theirs.usage.input_tokens,
      output_tokens: theirs.usage.output_tokens,
      cache_read_tokens: theirs.usage.cache_read_tokens,
      cache_write_tokens: theirs.usage.cache_write_tokens,
    });
    const model = theirs.model as string;
    const cost = pricingOf(
      exchange({ providerName, responseModel: model, usage: { ...ours, webSearches: undefined } }),
    ).cost;
    const list = calcPrice(theirs.usage, model, { provider, timestamp: new Date(AUTUMN_2026) });
    const searches = ours.webSearches ? (theirs.usage.web_searches ?? 0) * 0.01 : 0;
    expect((cost?.costNanoUsd as number) / 1e9).toBeCloseTo((list?.total_price as number) - searches, 9);
  });

  it('prices a metered stream', async () => {
    const record = await meterExchange({ providerName: 'anthropic', path: '/v1/messages', answer: messageStream });
    // 21 uncached, 4096 read, 450 written for 5 minutes, 250 for an hour, 512 out, at the prices of September 2026.
    const usd = (21 * 5 + 4096 * 0.5 + 450 * 6.25 + 250 * 10 + 512 * 25) / M;
    expect(pricingOf(record).cost?.costNanoUsd).toBe(Math.round(usd * 1e9));
  });
});
