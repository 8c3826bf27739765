import { readFile } from 'node:fs/promises';
import { calcPrice, extractUsage, findProvider, type Provider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pricingOf, SURCHARGE_RATE } from '../../src/pricing/pricing.js';
import { BUNDLED_PRICE_LIST } from '../../src/pricing/public-list.js';
import { ALL_PROVIDERS, providerOf } from '../../src/providers/registry.js';
import { numbersOf } from '../../src/providers/usage-fields.js';
import { roundHalfEven } from '../../src/shared/money.js';
import type { ExchangeRecord, TokenUsage } from '../../src/shared/usage.js';
import { message, messageStream } from '../fixtures/anthropic.js';
import * as openai from '../fixtures/openai.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { meterExchange } from '../helpers/meter-exchange.js';
import { providerOfModel } from './price-facts.js';

/** MeshAgent's prices hold. */
const AUTUMN_2026 = Date.parse('2026-11-01T12:00:00Z');
/** The public list alone does. */
const SUMMER_2026 = Date.parse('2026-09-01T12:00:00Z');

function price(model: string, usage: TokenUsage, fields: Partial<ExchangeRecord> = {}) {
  return pricingOf(
    exchangeRecord(1, {
      startedAt: AUTUMN_2026,
      providerName: providerOfModel(model),
      requestModel: undefined,
      responseModel: model,
      usage,
      ...fields,
    }),
  );
}

const nanoUsdOf = (...of: Parameters<typeof price>) => price(...of).cost?.costNanoUsd;

describe('a model goes by a listed name, and no other goes by it', () => {
  it.each([
    ['claude-opus-4-8', 'claude-opus-4-8-20260801'],
    ['claude-opus-4-8', 'claude-opus-4-8@20260801'],
    ['claude-opus-4-8', 'claude-opus-4-8-latest'],
    ['claude-opus-4-8', 'anthropic/claude-opus-4-8'],
    ['claude-opus-4-8', 'Claude-Opus-4-8'],
    ['claude-sonnet-4', 'claude-sonnet-4-20250514'],
    ['claude-opus-4-1', 'claude-opus-4-1-20250805'],
    ['claude-3-5-haiku-latest', 'claude-3-5-haiku-20241022'],
    ['gpt-5.4', 'gpt-5.4-2026-03-05'],
    ['gpt-5.4', 'openai/gpt-5.4-2026-03-05'],
    ['gpt-5.6', 'gpt-5.6-sol-2026-07-01'],
    ['gpt-4o-realtime-preview', 'gpt-4o-realtime-preview-2024-12-17'],
    ['gpt-5-nano', 'gpt-5-nano-2025-08-07'],
    ['grok-4.20-multi-agent', 'xai/grok-4.20-0309-reasoning'],
    ['grok-4.6', 'x-ai/grok-4.6-20260812'],
  ])('%s: %s', (model, name) => {
    const providerName = providerOfModel(model);
    const usage = { inputTokens: 1000, outputTokens: 100 };
    expect(nanoUsdOf(name, usage, { providerName })).toBe(nanoUsdOf(model, usage));
    expect(nanoUsdOf(model, usage)).toBeGreaterThan(0);
  });

  it.each([
    'claude-sonnet-5-9',
    'claude-opus-4-85',
    'claude-opus-4-10',
    'claude-opus-4-8-fast',
    'claude-opus-4-8-20261301',
    'claude-opus-4-8-2026',
    'claude-opus-4-80-20260801',
    'claude-sonnet-4-7',
    'claude-haiku-4-5-mini',
    'claude-2-9',
    'gpt-5.4-ultra',
    'gpt-5.44',
    'gpt-5.4-2026-3-5',
    'gpt-5-nano-x',
    'gpt-4o-realtime-next',
    'gpt-6-luna-mini-2026-11-01',
    'anthropic/gpt-5.4',
    'openai/openai/gpt-5.4',
    'ft:gpt-5.4:acme::a1',
    'ft:gpt-4o-2024-08-06-x:acme::a1',
    'grok-4.60',
    'grok-4.20-',
    'gpt-99',
    '',
  ])('%s is unpriced', (name) => {
    expect(price(name, { inputTokens: 1000, outputTokens: 100 })).toEqual({ standing: 'unpriced' });
  });

  it('is never priced as another provider’s model', () => {
    expect(price('gpt-5.4', { inputTokens: 10 }, { providerName: 'anthropic' }).standing).toBe('unpriced');
    expect(price('anthropic/claude-opus-5', { inputTokens: 10 }, { providerName: 'openai' }).standing).toBe('unpriced');
  });
});

describe('whose price counts', () => {
  const usage = { inputTokens: 1000 };

  it.each([
    ['the answer’s model', 'gpt-5.4-mini', 'gpt-5.4', undefined, 750_000],
    ['the request’s, where nobody has the answer’s', 'gpt-99', 'gpt-5.4', undefined, 2_500_000],
    ['the request’s, where the answer’s has no price in the tier', 'gpt-5.6-cyber', 'gpt-6-sol', 'flex', 1_000_000],
    ['the answer’s in the standard tier, where neither has one', 'gpt-5.6-cyber', 'gpt-99', 'flex', 12_500_000],
  ])('%s', (_, responseModel, requestModel, requestServiceTier, nanoUsd) => {
    expect(nanoUsdOf(responseModel, usage, { requestModel, requestServiceTier })).toBe(nanoUsd);
  });

  it('MeshAgent goes by the tier that was asked for, whatever served it', () => {
    const fields = { requestServiceTier: 'priority', serviceTier: 'default' };
    expect(nanoUsdOf('gpt-6-sol', usage, fields)).toBe(4_000_000);
    expect(nanoUsdOf('gpt-6-sol', usage, { ...fields, startedAt: SUMMER_2026 })).toBe(2_000_000);
    expect(nanoUsdOf('gpt-6-sol', usage, { requestServiceTier: 'default', serviceTier: 'priority' })).toBe(2_000_000);
    // Where it isn't known what was asked for, the answer says.
    expect(nanoUsdOf('gpt-6-sol', usage, { serviceTier: 'priority' })).toBe(4_000_000);
  });

  it('each cost names its source', () => {
    const sourceOf = (startedAt: number) => price('gpt-5.4', usage, { startedAt }).cost?.priceListVersion;
    expect(sourceOf(Date.parse('2026-09-30T23:59:59.999Z'))).toBe(BUNDLED_PRICE_LIST);
    expect(sourceOf(Date.parse('2026-10-01T00:00:00Z'))).toBe('MeshAgent prices of 2026-10-01');
  });
});

describe('what has no price of its own is not in the cost, which is "at least"', () => {
  it.each<[string, TokenUsage, number]>([
    ['gpt-5.4-pro', { inputTokens: 100_000, cacheReadInputTokens: 40_000 }, 60_000 * 30_000],
    ['gpt-4o-2024-05-13', { inputTokens: 1000, cacheReadInputTokens: 400 }, 600 * 5000],
    ['gpt-4o-audio-preview', { inputTokens: 100, audioInputTokens: 60, outputTokens: 10 }, 40 * 2500 + 10 * 10_000],
    ['gpt-4o-audio-preview', { inputTokens: 100, outputTokens: 50, audioOutputTokens: 45 }, 100 * 2500 + 5 * 10_000],
    ['gpt-image-1', { inputTokens: 50, outputTokens: 1100, imageOutputTokens: 1056 }, 50 * 5000 + 1056 * 40_000],
    ['ft:gpt-4o-2024-08-06:acme::a1', { inputTokens: 1000, cacheReadInputTokens: 400 }, 600 * 3750],
    ['gpt-5.4', { inputTokens: 1000, cacheCreationInputTokens: 400 }, 600 * 2500],
    ['gpt-5.4-mini', { inputTokens: 1000, imageInputTokens: 400 }, 600 * 750],
    ['gpt-6-sol', { inputTokens: 1000, audioInputTokens: 400 }, 600 * 2000],
    ['gpt-5.4-mini', { inputTokens: 1000, webSearches: 3 }, 750_000],
    ['claude-opus-4-6', { inputTokens: 1000, webSearches: 2 }, 5_000_000],
    ['gpt-5.4-nano', { inputTokens: 10, webSearches: 1, otherModelTokens: 7 }, 2000],
  ])('%s %j', (model, usage, costNanoUsd) => {
    expect(price(model, usage)).toMatchObject({ standing: 'partial', cost: { costNanoUsd } });
  });

  it('nor is a write of an age that the list has no price for', () => {
    const written = { inputTokens: 10, cacheCreationInputTokens: 5 };
    for (const usage of [
      { ...written, cacheCreation12hInputTokens: 5 },
      { ...written, cacheCreation1hInputTokens: 5 },
    ]) {
      const priced = price('gpt-5.6-sol', usage, { startedAt: SUMMER_2026 });
      expect(priced).toMatchObject({ standing: 'partial', cost: { costNanoUsd: 5 * 4000 } });
      // MeshAgent bills all writes alike.
      expect(price('gpt-5.6-sol', usage)).toMatchObject({ standing: 'measured', cost: { costNanoUsd: 45_000 } });
    }
  });
});

describe('what nobody knows the price of', () => {
  it.each<[string, TokenUsage, Partial<ExchangeRecord>]>([
    ['text-embedding-3-small', { inputTokens: 10, outputTokens: 5 }, {}],
    ['tts-1', { inputCharacters: 100 }, {}],
    ['gpt-5.4', { inputCharacters: 100 }, {}],
    ['gpt-image-1', { images: 1 }, {}],
    ['gpt-5.4', { audioSeconds: 10 }, {}],
    ['gpt-4o-audio-preview', { inputTokens: 60, audioInputTokens: 60 }, {}],
    ['gpt-5.4-pro', { inputTokens: 60, cacheReadInputTokens: 60 }, {}],
    // Counts that contradict each other.
    ['gpt-5.4', { inputTokens: 10, cacheReadInputTokens: 11 }, {}],
    ['gpt-5.4', { outputTokens: 1, cacheReadInputTokens: 11 }, {}],
    ['gpt-realtime', { inputTokens: 10, audioInputTokens: 4, cacheReadAudioInputTokens: 5 }, {}],
    // Tiers, lengths and regions that have no price.
    ['gpt-5.5', { inputTokens: 272_001 }, { requestServiceTier: 'priority' }],
    ['gpt-5.4', { inputTokens: 272_001 }, { requestServiceTier: 'fast' }],
    ['gpt-5.6-cyber', { inputTokens: 272_001 }, {}],
    ['gpt-6-sol', { inputTokens: 10, outputTokens: 1 }, { path: '/v1/decisions' }],
    ['gpt-5.4-mini', { inputTokens: 10 }, { serviceTier: 'scale' }],
    ['gpt-5.4-nano', { inputTokens: 10 }, { serviceTier: 'priority' }],
    ['gpt-5.5', { inputTokens: 272_001 }, { serviceTier: 'priority', startedAt: SUMMER_2026 }],
    ['claude-sonnet-4-5', { inputTokens: 10 }, { serviceTier: 'fast', startedAt: SUMMER_2026 }],
    ['claude-opus-4-6', { inputTokens: 10 }, { inferenceGeo: 'mars', startedAt: SUMMER_2026 }],
  ])('is unpriced: %s %j %j', (model, usage, fields) => {
    expect(price(model, usage, fields)).toEqual({ standing: 'unpriced' });
  });

  it('does not begin one token early', () => {
    const usage = { inputTokens: 272_000 };
    expect(nanoUsdOf('gpt-5.5', usage, { requestServiceTier: 'priority' })).toBe(3_400_000_000);
    expect(nanoUsdOf('gpt-5.5', usage, { serviceTier: 'priority', startedAt: SUMMER_2026 })).toBe(3_400_000_000);
  });
});

describe('standings', () => {
  it.each(['none', 'unmetered'] as const)('%s has no cost, whatever was counted', (usageStanding) => {
    expect(price('gpt-5.4', { inputTokens: 10 }, { usageStanding })).toEqual({ standing: usageStanding });
  });

  it('partial has the cost of what was seen', () => {
    const priced = price('claude-opus-5', { inputTokens: 1000 }, { usageStanding: 'partial' });
    expect(priced).toMatchObject({ standing: 'partial', cost: { costNanoUsd: 5_000_000 } });
  });

  it('nothing used costs nothing: that is known', () => {
    const priced = price('gpt-5.4-mini', { inputTokens: 0, outputTokens: 0 });
    expect(priced).toMatchObject({ standing: 'measured', cost: { costNanoUsd: 0 } });
  });

  it('a transcription by the minute has a price', () => {
    expect(price('whisper-1', { audioSeconds: 90 })).toMatchObject({ cost: { costNanoUsd: 9_000_000 } });
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
          const { cost } = price('gpt-5.6-luna', usage, { serviceTier });
          expect(Number.isSafeInteger(cost?.costNanoUsd)).toBe(true);
          expect(cost?.surchargeNanoUsd).toBe(roundHalfEven((cost?.costNanoUsd as number) * SURCHARGE_RATE));
        },
      ),
    );
  });

  it('do not depend on what was priced before', () => {
    const before = nanoUsdOf('gpt-5.4-mini', { inputTokens: 1000 });
    for (let i = 0; i < 1200; i += 1) nanoUsdOf(`gpt-unknown-${i}`, { inputTokens: 1 });
    expect(nanoUsdOf('gpt-5.4-mini', { inputTokens: 1000 })).toBe(before);
  });
});

describe('the public list', () => {
  const listed = ALL_PROVIDERS.flatMap(({ name, priceListId }) =>
    (findProvider({ providerId: priceListId }) as Provider).models.map((model) => [name, priceListId, model] as const),
  );

  it('is that of the installed package', async () => {
    const text = await readFile(
      new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url),
      'utf8',
    );
    expect(BUNDLED_PRICE_LIST).toBe(`genai-prices ${(JSON.parse(text) as { version: string }).version}`);
  });

  it('costs what its own arithmetic says, for each model and where each part has a price', () => {
    const anyCount = fc.oneof(fc.nat(10_000), fc.nat(400_000), fc.constantFrom(0, 200_000, 200_001, 272_001));
    let exact = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...listed),
        fc.record({ plain: anyCount, read: anyCount, written: anyCount, written1h: anyCount, output: anyCount }),
        fc.constantFrom('2025-01-01', '2026-03-12T23:59:59Z', '2026-03-13', '2026-07-30', '2026-08-21', '2026-09-30'),
        ([providerName, providerId, model], counts, date) => {
          const startedAt = Date.parse(date);
          const written1h = providerName === 'anthropic' ? counts.written1h : 0;
          const usage = {
            inputTokens: counts.plain + counts.read + counts.written + written1h,
            cacheReadInputTokens: counts.read,
            cacheCreationInputTokens: counts.written + written1h,
            cacheCreation1hInputTokens: written1h,
            outputTokens: counts.output,
          };
          const { cost, standing } = price(model.id, usage, { providerName, startedAt });
          // OpenAI's long contexts begin above 272,000, which the list puts one token lower.
          if (standing !== 'measured' || usage.inputTokens === 272_000) return;
          const units = {
            input_tokens: usage.inputTokens,
            cache_read_tokens: usage.cacheReadInputTokens,
            cache_write_tokens: usage.cacheCreationInputTokens,
            cache_write_1h_tokens: usage.cacheCreation1hInputTokens,
            output_tokens: usage.outputTokens,
          };
          const theirs = calcPrice(units, model.id, { providerId, timestamp: new Date(startedAt) });
          // Fine-tuned models have ids that are no names.
          if (theirs === null) return;
          expect((cost?.costNanoUsd as number) / 1e9).toBeCloseTo(theirs.total_price, 8);
          exact += 1;
        },
      ),
      { numRuns: 4000 },
    );
    expect(exact).toBeGreaterThan(400);
  });

  it('may keep a model’s prices for a day: none changes by the hour', () => {
    for (const [, , { prices }] of listed) {
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
  });

  it('prices a metered stream', async () => {
    const record = await meterExchange({ providerName: 'anthropic', path: '/v1/messages', answer: messageStream });
    // 21 uncached, 4096 read, 450 written for 5 minutes, 250 for an hour, 512 out.
    const usd = (21 * 5 + 4096 * 0.5 + 450 * 6.25 + 250 * 10 + 512 * 25) / 1e6;
    const listPrice = pricingOf({ ...record, startedAt: SUMMER_2026, usage: { ...record.usage, webSearches: 0 } });
    expect(listPrice.cost?.costNanoUsd).toBe(Math.round(usd * 1e9));
  });
});
