import { calcPrice, type ModelPrice, type Usage as PricedUnits, type Provider } from '@pydantic/genai-prices';
import type { Cost, ExchangeRecord, PricedExchange, ProviderName, TokenUsage } from '../../shared/usage.js';
import { tierMultiple } from './service-tiers.js';

/** MeshAgent's surcharge on OpenAI and Anthropic usage, reported apart from it. */
export const SURCHARGE_RATE = 0.05;
/** The package does not tell its own version; a test holds this to the installed one. */
export const PRICE_LIST_VERSION = 'genai-prices 0.1.8';

const NANO_PER_USD = 1e9;
const MAX_MEMO = 500;

/**
 * The record with its cost at the list price of the time it began. Nothing is guessed: where model, tier or unit have no
 * known price the exchange is `unpriced`, never $0.
 */
export function priceExchange(record: ExchangeRecord): PricedExchange {
  const { usage, usageStanding } = record;
  if (usageStanding === 'none' || usageStanding === 'unmetered' || usage === undefined) {
    return { ...record, standing: usageStanding };
  }
  const cost = costOf(record, usage);
  return cost === undefined ? { ...record, standing: 'unpriced' } : { ...record, cost, standing: usageStanding };
}

function costOf(record: ExchangeRecord, usage: TokenUsage): Cost | undefined {
  for (const model of [record.responseModel, record.requestModel]) {
    const provider = model === undefined ? undefined : providerOfModel(record.providerName, model);
    if (model === undefined || provider === undefined) continue;
    const multiple = tierMultiple(record, model, usage.inputTokens ?? 0);
    const usd =
      multiple === undefined ? undefined : usdOf(usage, multiple, model, provider, new Date(record.startedAt));
    if (usd === undefined) return undefined;
    // Rounded once for each exchange, to a billionth of a dollar: sums of integers lose nothing.
    const costNanoUsd = Math.round(usd * NANO_PER_USD);
    const surchargeNanoUsd = Math.round(costNanoUsd * SURCHARGE_RATE);
    return { costNanoUsd, surchargeNanoUsd, priceListVersion: PRICE_LIST_VERSION };
  }
  return undefined;
}

const memo = new Map<string, Provider | null>();

/**
 * The price list's provider with this model alone, so that later look-ups find it at once (half the time of a price is
 * finding the model); undefined if the list does not know the model.
 */
function providerOfModel(providerName: ProviderName, model: string): Provider | undefined {
  const key = `${providerName}\n${model}`;
  let provider = memo.get(key);
  if (provider === undefined) {
    if (memo.size >= MAX_MEMO) memo.clear();
    const found = calcPrice({}, model, { providerId: providerName });
    provider = found === null ? null : { ...found.provider, models: [found.model] };
    memo.set(key, provider);
  }
  return provider ?? undefined;
}

/** Undefined where the list has no price for a unit that was used, or where the counts contradict each other. */
function usdOf(
  usage: TokenUsage,
  multiple: number,
  model: string,
  provider: Provider,
  timestamp: Date,
): number | undefined {
  // Counts of which only the total of another has a price, or none at all.
  if (usage.otherModelTokens || usage.cacheCreation12hInputTokens) return undefined;
  try {
    const priced = calcPrice(unitsOf(usage), model, { provider, timestamp });
    if (priced === null || !covers(priced.model_price, usage)) return undefined;
    // Searches cost the same in every tier.
    return priced.total_price * multiple + searchesUsd(usage, priced.model_price);
  } catch {
    return undefined;
  }
}

/** Our counts by the names of https://github.com/pydantic/genai-prices/blob/main/prices/units.yml. */
function unitsOf(usage: TokenUsage): PricedUnits {
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: usage.cacheReadInputTokens,
    cache_write_tokens: usage.cacheCreationInputTokens,
    cache_write_1h_tokens: usage.cacheCreation1hInputTokens,
    input_audio_tokens: usage.audioInputTokens,
    cache_audio_read_tokens: usage.cacheReadAudioInputTokens,
    output_audio_tokens: usage.audioOutputTokens,
    input_image_tokens: usage.imageInputTokens,
    cache_image_read_tokens: usage.cacheReadImageInputTokens,
    output_image_tokens: usage.imageOutputTokens,
    audio_seconds: usage.audioSeconds,
    input_characters: usage.inputCharacters,
  };
}

/**
 * Whether each unit used has a price. The package prices what it does not find as the unit that contains it, which is
 * right for cached and image tokens (they cost what text does) and wrong for these.
 */
function covers(prices: ModelPrice, usage: TokenUsage): boolean {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === undefined && outputTokens === undefined) {
    // Billed by the minute, the character or the image.
    return usage.audioSeconds !== undefined && usage.inputCharacters === undefined && prices.audio_hours !== undefined;
  }
  const needed: [number | undefined, string][] = [
    [inputTokens, 'input_mtok'],
    [outputTokens, 'output_mtok'],
    [usage.cacheCreation1hInputTokens, 'cache_write_1h_mtok'],
    [usage.audioInputTokens, 'input_audio_mtok'],
    [usage.audioOutputTokens, 'output_audio_mtok'],
    [usage.webSearches, 'web_searches_kcount'],
  ];
  return needed.every(([count, key]) => !count || prices[key] !== undefined);
}

function searchesUsd(usage: TokenUsage, prices: ModelPrice): number {
  const price = prices.web_searches_kcount;
  return typeof price === 'number' ? ((usage.webSearches ?? 0) * price) / 1000 : 0;
}
