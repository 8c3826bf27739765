import {
  calcPrice,
  type ModelPrice,
  type PriceCalculation,
  type Usage as PricedUnits,
  type Provider,
  updatePrices,
} from '@pydantic/genai-prices';
import { providerOf } from '../providers/registry.js';
import { tierMultiple } from '../providers/tier-prices.js';
import type { ProviderName } from '../shared/providers.js';
import { nanoUsd, roundHalfEven } from '../shared/rounding.js';
import type { Cost, ExchangeRecord, PricedExchange, TokenUsage } from '../shared/usage.js';

/** MeshAgent's surcharge on the usage of every provider, reported apart from it. */
export const SURCHARGE_RATE = 0.05;
/** The package does not tell its own version; a test holds this to the installed one. */
export const BUNDLED_PRICE_LIST = 'genai-prices 0.1.8';

const DAY_MS = 86_400_000;
const MAX_MEMO = 500;

export type Pricing = Pick<PricedExchange, 'cost' | 'standing'>;

/**
 * What a record costs at the list price of the time it began. Nothing is guessed: where model, tier or unit have no
 * known price the exchange is `unpriced`, never $0.
 */
export function pricingOf(record: ExchangeRecord): Pricing {
  const { usage, usageStanding } = record;
  if (usageStanding === 'none' || usageStanding === 'unmetered' || usage === undefined) {
    return { standing: usageStanding };
  }
  const cost = costOf(record, usage);
  return cost === undefined ? { standing: 'unpriced' } : { cost, standing: usageStanding };
}

function costOf(record: ExchangeRecord, usage: TokenUsage): Cost | undefined {
  for (const model of [record.responseModel, record.requestModel]) {
    const listed = model === undefined ? undefined : priceOf(record.providerName, model, record.startedAt);
    if (model === undefined || listed === undefined) continue;
    const { tiers } = providerOf(record.providerName);
    const multiple = tierMultiple(tiers, record.serviceTier, record.inferenceGeo, model, usage.inputTokens ?? 0);
    const usd = multiple === undefined ? undefined : usdOf(usage, listed, multiple);
    if (usd === undefined) return undefined;
    // Rounded once for each exchange, to a billionth of a dollar: sums of integers lose nothing.
    const costNanoUsd = nanoUsd(usd);
    const surchargeNanoUsd = roundHalfEven(costNanoUsd * SURCHARGE_RATE);
    return { costNanoUsd, surchargeNanoUsd, priceListVersion: version };
  }
  return undefined;
}

/** A model as the list has it on one day. */
interface ListedModel {
  readonly name: string;
  readonly prices: ModelPrice;
  readonly found: PriceCalculation;
  readonly timestamp: Date;
}

let version = BUNDLED_PRICE_LIST;

/** Which price list is in use; each cost names the one it came from. */
export function priceListVersion(): string {
  return version;
}

/**
 * Prices by this list from now on, in this thread. Throws, and keeps the one before, if the package does not take it for
 * a price list.
 */
export function setPriceList(providers: Provider[], name: string): void {
  updatePrices(({ setProviderData }) => setProviderData(providers));
  memo.clear();
  version = name;
}

const memo = new Map<string, ListedModel | null>();

/** Finding a model is the slow part of a price. Prices change at midnight UTC, so what was found holds for the day. */
function priceOf(providerName: ProviderName, model: string, at: number): ListedModel | undefined {
  const key = `${providerName} ${Math.floor(at / DAY_MS)} ${model}`;
  let listed = memo.get(key);
  if (listed === undefined) {
    if (memo.size >= MAX_MEMO) memo.clear();
    const timestamp = new Date(at);
    const { priceListId: providerId } = providerOf(providerName);
    const found = calcPrice({}, model, { providerId, timestamp });
    listed = found === null ? null : { name: model, prices: found.model_price, found, timestamp };
    memo.set(key, listed);
  }
  return listed ?? undefined;
}

/** Undefined where the list has no price for a unit that was used, or where the counts contradict each other. */
function usdOf(usage: TokenUsage, listed: ListedModel, multiple: number): number | undefined {
  // Counts of which only the total of another has a price, or none at all.
  if (usage.otherModelTokens || usage.cacheCreation12hInputTokens) return undefined;
  if (!covers(listed.prices, usage)) return undefined;
  const usd = isTextAlone(usage) ? textUsd(usage, listed.prices) : unitsUsd(usage, listed);
  // Searches cost the same in every tier.
  return usd === undefined ? undefined : usd * multiple + searchesUsd(usage, listed.prices);
}

/**
 * Whether each unit used has a price. What has none of its own costs what the unit costs that contains it, which is
 * right for cached and image tokens (they cost what text does) and wrong for these.
 */
function covers(prices: ModelPrice, usage: TokenUsage): boolean {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === undefined && outputTokens === undefined) {
    // Billed by the minute, the character or the image.
    return usage.audioSeconds !== undefined && usage.inputCharacters === undefined && prices.audio_hours !== undefined;
  }
  return (
    has(inputTokens, prices.input_mtok) &&
    has(outputTokens, prices.output_mtok) &&
    has(usage.cacheCreation1hInputTokens, prices.cache_write_1h_mtok) &&
    has(usage.audioInputTokens, prices.input_audio_mtok) &&
    has(usage.audioOutputTokens, prices.output_audio_mtok) &&
    has(usage.webSearches, prices.web_searches_kcount)
  );
}

function has(count: number | undefined, price: ModelPrice[string]): boolean {
  return !count || price !== undefined;
}

function isTextAlone(usage: TokenUsage): boolean {
  return !(
    usage.audioInputTokens ||
    usage.audioOutputTokens ||
    usage.imageInputTokens ||
    usage.imageOutputTokens ||
    usage.audioSeconds
  );
}

/**
 * Nearly every exchange is text alone. For those this gives what the package's own calcPrice gives (a test holds it to
 * that) in a tenth of the time, which counts where thousands are priced in a second.
 */
function textUsd(usage: TokenUsage, prices: ModelPrice): number | undefined {
  const input = usage.inputTokens ?? 0;
  const read = usage.cacheReadInputTokens ?? 0;
  const written = usage.cacheCreationInputTokens ?? 0;
  const written1h = usage.cacheCreation1hInputTokens ?? 0;
  if (read + written > input || written1h > written) return undefined;
  const price = (key: string) => perMillion(prices[key], input);
  const plain = price('input_mtok') ?? 0;
  const write = price('cache_write_mtok') ?? plain;
  return (
    ((input - read - written) * plain +
      read * (price('cache_read_mtok') ?? plain) +
      (written - written1h) * write +
      written1h * (price('cache_write_1h_mtok') ?? write) +
      (usage.outputTokens ?? 0) * (price('output_mtok') ?? 0)) /
    1e6
  );
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

/** Our counts by the names of https://github.com/pydantic/genai-prices/blob/main/prices/units.yml. */
function unitsUsd(usage: TokenUsage, { name, found, timestamp }: ListedModel): number | undefined {
  const units: PricedUnits = {
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
  };
  const provider = { ...found.provider, models: [found.model] };
  try {
    return calcPrice(units, name, { provider, timestamp })?.total_price;
  } catch {
    // Counts that contradict each other.
    return undefined;
  }
}

function searchesUsd(usage: TokenUsage, prices: ModelPrice): number {
  const price = prices.web_searches_kcount;
  return typeof price === 'number' ? ((usage.webSearches ?? 0) * price) / 1000 : 0;
}
