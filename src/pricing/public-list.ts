import { findProvider, type ModelInfo, type ModelPrice, type Provider, updatePrices } from '@pydantic/genai-prices';

import { ALL_PROVIDERS } from '../providers/registry.js';
import { DAY_MS } from '../shared/calendar.js';

import type { ProviderName } from '../shared/providers.js';
import { createListIndex, type ListIndex } from './list-index.js';
import { isOneOf, listMultiple, rulesOf, type Served } from './list-rules.js';
import { findNamed, plainName } from './model-names.js';
import { multiplied, type Rates } from './rates.js';

/** The package doesn't say its own version; a test holds this to the installed one. */
export const BUNDLED_PRICE_LIST = 'genai-prices 0.1.8';

const MAX_MEMO = 500;

let version = BUNDLED_PRICE_LIST;
const indexes = new Map<string, ListIndex>();
const memo = new Map<string, ListedModel | null>();

/** Which price list is in use; each cost by it names it. */
export function priceListVersion(): string {
  return version;
}

/** Prices by this list from now on, in this thread. Throws, and keeps the one before, if the package does not take it. */
export function setPriceList(providers: Provider[], name: string): void {
  updatePrices(({ setProviderData }) => setProviderData(providers));
  indexes.clear();
  memo.clear();
  version = name;
}

/** A model as the public list has it on one day. */
export interface ListedModel {
  /** Undefined: the list has the model, and its price in such a tier, region or length isn't known. */
  ratesFor(served: Omit<Served, 'model'>): Rates | undefined;
}

/** Finding a model is the slow part of a price. Prices change at midnight UTC, so what was found holds for the day. */
export function listedModel(providerName: ProviderName, model: string, at: number): ListedModel | undefined {
  const day = Math.floor(at / DAY_MS);
  const key = `${providerName} ${day} ${model}`;
  let listed = memo.get(key);
  if (listed === undefined) {
    if (memo.size >= MAX_MEMO) memo.clear();
    listed = find(providerName, plainName(providerName, model), day) ?? null;
    memo.set(key, listed);
  }
  return listed ?? undefined;
}

function find(providerName: ProviderName, name: string, day: number): ListedModel | undefined {
  const rules = rulesOf(providerName);
  const { aliases = {} } = rules;
  const alias = findNamed(name, (one) => (Object.hasOwn(aliases, one) ? aliases[one] : undefined));
  const info = indexOf(providerName)?.find(alias ?? name);
  const prices = info && pricesOn(info, day);
  if (!prices) return undefined;
  return {
    ratesFor(served) {
      const multiple = listMultiple(rules, { ...served, model: name });
      if (multiple === undefined) return undefined;
      return multiplied(ratesOf(providerName, name, prices, served.inputTokens), multiple, multiple);
    },
  };
}

function indexOf(providerName: ProviderName): ListIndex | undefined {
  const known = indexes.get(providerName);
  // A newer Meshbar may have recorded a provider that this one does not know.
  const providerId = ALL_PROVIDERS.find(({ name }) => name === providerName)?.priceListId;
  if (known || providerId === undefined) return known;
  const provider = findProvider({ providerId });
  if (!provider) return undefined;
  const index = createListIndex(provider.models);
  indexes.set(providerName, index);
  return index;
}

/** The prices of a day; the last entry that has begun by then counts. Undefined: none has, or they change by the hour. */
function pricesOn({ prices }: ModelInfo, day: number): ModelPrice | undefined {
  if (!Array.isArray(prices)) return prices;
  if (prices.some(({ constraint }) => constraint !== undefined && constraint.type !== 'start_date')) return undefined;
  const begun = prices.findLast(
    ({ constraint }) =>
      !constraint || ('start_date' in constraint && Date.parse(constraint.start_date) <= day * DAY_MS),
  );
  return begun?.prices;
}

/** What the list calls https://github.com/pydantic/genai-prices/blob/main/prices/units.yml, as our rates. */
function ratesOf(providerName: string, name: string, prices: ModelPrice, inputTokens: number): Rates {
  const { longStarts = {}, outputIsImages, outputIsAudio } = rulesOf(providerName);
  const rate = (key: string) => rateAt(prices[key], inputTokens, longStarts);
  const output = rate('output_mtok');
  const isImages = isOneOf(outputIsImages, name);
  const isAudio = isOneOf(outputIsAudio, name);
  return {
    source: version,
    input: rate('input_mtok'),
    cached: rate('cache_read_mtok'),
    cacheWrite: rate('cache_write_mtok'),
    cacheWrite1h: rate('cache_write_1h_mtok'),
    output: isImages || isAudio ? undefined : output,
    audioInput: rate('input_audio_mtok'),
    audioCached: rate('cache_audio_read_mtok'),
    audioOutput: isAudio ? output : rate('output_audio_mtok'),
    imageInput: rate('input_image_mtok'),
    imageCached: rate('cache_image_read_mtok'),
    imageOutput: isImages ? output : rate('output_image_mtok'),
    audioHour: rate('audio_hours'),
    webSearches: rate('web_searches_kcount'),
    fileSearches: rate('storage_searches_kcount'),
  };
}

/** The whole request is priced by the length that its own input reaches. */
function rateAt(price: ModelPrice[string], inputTokens: number, longStarts: Readonly<Record<string, number>>) {
  if (price === undefined || typeof price === 'number') return price;
  let value = price.base;
  let reached = -1;
  for (const tier of price.tiers) {
    const start = longStarts[tier.start] ?? tier.start;
    if (inputTokens > start && start > reached) {
      reached = start;
      value = tier.price;
    }
  }
  return value;
}
