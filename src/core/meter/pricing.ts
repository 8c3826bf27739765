import { calcPrice, type ModelPrice, type Usage } from '@pydantic/genai-prices';
import type { Cost, ExchangeRecord, PricedExchange, Standing, TokenUsage } from '../../shared/usage.js';

/** MeshAgent's surcharge on OpenAI and Anthropic usage, reported apart from it. */
export const SURCHARGE_RATE = 0.05;
/** The package does not tell its own version; a test holds this to the installed one. */
export const PRICE_LIST_VERSION = 'genai-prices 0.1.8';

const NANO_PER_USD = 1e9;
const MAX_MEMO = 500;

/**
 * OpenAI's priority prices as multiples of the standard ones (https://platform.openai.com/docs/pricing, "Priority").
 * A model that is not listed has no known priority price: its exchanges stay unpriced.
 */
const PRIORITY_MULTIPLES: readonly (readonly [RegExp, number])[] = [
  [/^gpt-5(?:\.\d)?-mini(?:-\d|$)/, 2],
  [/^gpt-5-mini/, 1.8],
  [/^gpt-5(?:\.\d)?(?:-codex)?(?:-\d{4}|$)/, 2],
  [/^gpt-4\.1-nano/, 2],
  [/^gpt-4\.1/, 1.75],
  [/^gpt-4o-mini(?:-\d{4}|$)/, 5 / 3],
  [/^gpt-4o(?:-\d{4}|$)/, 1.7],
  [/^o3(?:-\d{4}|$)/, 1.75],
  [/^o4-mini(?:-\d{4}|$)/, 2 / 1.1],
];
/** Flex and batch cost half (https://platform.openai.com/docs/guides/flex-processing). */
const HALF_PRICE_TIERS = new Set(['flex', 'batch']);
const STANDARD_TIERS = new Set(['default', 'auto', 'standard']);

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
  if (cost === undefined) return { ...record, standing: 'unpriced' };
  const standing: Standing = usageStanding;
  return { ...record, cost, standing };
}

function costOf(record: ExchangeRecord, usage: TokenUsage): Cost | undefined {
  for (const model of [record.responseModel, record.requestModel]) {
    if (model === undefined) continue;
    const prices = pricesOf(record.providerName, model, record.startedAt);
    if (prices === undefined) continue;
    const multiple = tierMultiple(record.providerName, model, record.serviceTier);
    const usd = multiple === undefined ? undefined : usdOf(record, model, usage, prices);
    if (usd === undefined || multiple === undefined || !Number.isFinite(usd) || usd < 0) return undefined;
    // Rounded once for each exchange, to a billionth of a dollar: sums of integers lose nothing.
    const costNanoUsd = Math.round(usd * multiple * NANO_PER_USD);
    return {
      costNanoUsd,
      surchargeNanoUsd: Math.round(costNanoUsd * SURCHARGE_RATE),
      priceListVersion: PRICE_LIST_VERSION,
    };
  }
  return undefined;
}

function tierMultiple(providerName: string, model: string, tier: string | undefined): number | undefined {
  if (tier === undefined || STANDARD_TIERS.has(tier)) return 1;
  if (HALF_PRICE_TIERS.has(tier)) return 0.5;
  if (tier === 'priority' && providerName === 'openai') {
    return PRIORITY_MULTIPLES.find(([pattern]) => pattern.test(model))?.[1];
  }
  return undefined;
}

const memo = new Map<string, ModelPrice | null>();

/** Prices of a model on one day; finding them is the slow part, so each answer is remembered. */
function pricesOf(providerId: string, model: string, at: number): ModelPrice | undefined {
  const key = `${providerId}\n${model}\n${Math.floor(at / 86_400_000)}`;
  let prices = memo.get(key);
  if (prices === undefined) {
    if (memo.size >= MAX_MEMO) memo.clear();
    const found = calcPrice({}, model, { providerId, timestamp: new Date(at) });
    prices = found === null ? null : found.model_price;
    memo.set(key, prices);
  }
  return prices ?? undefined;
}

/** Undefined where the list has no price for a unit that was used. */
function usdOf(record: ExchangeRecord, model: string, usage: TokenUsage, prices: ModelPrice): number | undefined {
  if (usage.audioSeconds !== undefined && usage.inputTokens === undefined) {
    const hourly = prices.input_audio_hours ?? prices.audio_hours;
    return typeof hourly === 'number' ? (usage.audioSeconds / 3600) * hourly : undefined;
  }
  // Billed by character or image: the list knows no such prices.
  if (usage.inputTokens === undefined && usage.outputTokens === undefined) return undefined;
  return hasMedia(usage) ? mediaUsd(record, model, usage) : textUsd(usage, prices);
}

function hasMedia(usage: TokenUsage): boolean {
  return Boolean(
    usage.audioInputTokens || usage.audioOutputTokens || usage.imageInputTokens || usage.imageOutputTokens,
  );
}

function textUsd(usage: TokenUsage, prices: ModelPrice): number | undefined {
  const input = usage.inputTokens ?? 0;
  const read = Math.min(usage.cacheReadInputTokens ?? 0, input);
  const written = Math.min(usage.cacheCreationInputTokens ?? 0, input - read);
  const written1h = Math.min(usage.cacheCreation1hInputTokens ?? 0, written);
  const price = (key: string) => perMillion(prices[key], input);
  const inputPrice = price('input_mtok');
  const parts: [number, number | undefined][] = [
    [input - read - written, inputPrice],
    [read, price('cache_read_mtok') ?? inputPrice],
    [written - written1h, price('cache_write_mtok') ?? inputPrice],
    [written1h, price('cache_write_1h_mtok')],
    [usage.outputTokens ?? 0, price('output_mtok')],
  ];
  let usd = 0;
  for (const [tokens, perMtok] of parts) {
    if (tokens === 0) continue;
    if (perMtok === undefined) return undefined;
    usd += (tokens * perMtok) / 1e6;
  }
  return usd;
}

/** The whole exchange is priced by the tier its own input reaches (long contexts). */
function perMillion(price: ModelPrice[string], inputTokens: number): number | undefined {
  if (price === undefined || typeof price === 'number') return price;
  let value = price.base;
  let reached = -1;
  for (const tier of price.tiers) {
    if (inputTokens > tier.start && tier.start > reached) {
      reached = tier.start;
      value = tier.price;
    }
  }
  return value;
}

function mediaUsd(record: ExchangeRecord, model: string, usage: TokenUsage): number | undefined {
  const units: Usage = {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: usage.cacheReadInputTokens,
    input_audio_tokens: usage.audioInputTokens,
    cache_audio_read_tokens: usage.cacheReadAudioInputTokens,
    output_audio_tokens: usage.audioOutputTokens,
    input_image_tokens: usage.imageInputTokens,
    output_image_tokens: usage.imageOutputTokens,
  };
  try {
    const result = calcPrice(units, model, { providerId: record.providerName, timestamp: new Date(record.startedAt) });
    return result?.total_price;
  } catch {
    // The package refuses counts that contradict each other.
    return undefined;
  }
}
