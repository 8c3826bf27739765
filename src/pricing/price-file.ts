import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Provider } from '@pydantic/genai-prices';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import { ALL_PROVIDERS } from '../providers/registry.js';
import { BUNDLED_PRICE_LIST } from './public-list.js';

/** A price list that was fetched, with the providers Meshbar speaks to and no others. */
export interface FetchedPrices {
  /** Unix milliseconds. */
  readonly fetchedAt: number;
  readonly providers: Provider[];
}

const price = z.number().check(z.minimum(0), z.maximum(1e7));
const tiered = z.object({ base: price, tiers: z.array(z.object({ start: z.number(), price })) });
const prices = z.record(z.string(), z.union([price, tiered]));
const MODEL = z.looseObject({
  id: z.string(),
  match: z.record(z.string(), z.unknown()),
  prices: z.union([z.array(z.looseObject({ prices })).check(z.minLength(1)), prices]),
});
const PROVIDER = z.looseObject({
  id: z.string(),
  name: z.string(),
  api_pattern: z.string(),
  models: z.array(MODEL).check(z.minLength(1)),
});
const FILE = z.object({ fetchedAt: z.number(), bundled: z.string(), providers: z.array(PROVIDER) });

/** Our providers of a list as genai-prices publishes it; undefined for whatever is no such list. */
export function parsePriceList(text: string): Provider[] | undefined {
  const list = z.safeParse(z.array(z.looseObject({ id: z.string() })), jsonOf(text));
  if (!list.success) return undefined;
  const ours = list.data.filter(({ id }) => ALL_PROVIDERS.some(({ priceListId }) => priceListId === id));
  const parsed = z.safeParse(z.array(PROVIDER), ours);
  return parsed.success && hasAllOfOurs(ours) ? (parsed.data as unknown as Provider[]) : undefined;
}

function hasAllOfOurs(list: readonly { readonly id: string }[]): boolean {
  return ALL_PROVIDERS.every(({ priceListId }) => list.some(({ id }) => id === priceListId));
}

/**
 * Undefined where there is none, it can't be read, it lacks a provider, or it was fetched by a Meshbar with
 * another list of its own: a new release brings newer prices than an old file has.
 */
export function readPriceFile(file: string): FetchedPrices | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const parsed = z.safeParse(FILE, jsonOf(text));
  if (!parsed.success || parsed.data.bundled !== BUNDLED_PRICE_LIST) return undefined;
  if (!hasAllOfOurs(parsed.data.providers)) return undefined;
  return { fetchedAt: parsed.data.fetchedAt, providers: parsed.data.providers as unknown as Provider[] };
}

export async function writePriceFile(file: string, { fetchedAt, providers }: FetchedPrices): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, JSON.stringify({ fetchedAt, bundled: BUNDLED_PRICE_LIST, providers }), { mode: 0o600 });
}

/** What costs priced by it say they come from, such as "genai-prices of 2026-11-24". */
export function nameOf({ fetchedAt }: FetchedPrices): string {
  return `genai-prices of ${new Date(fetchedAt).toISOString().slice(0, 10)}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
