import type { ProviderName } from '../shared/providers.js';
import TABLES from './data/meshagent.json' with { type: 'json' };
import { findNamed, plainName } from './model-names.js';
import { multiplied, type Rates } from './rates.js';

/**
 * What MeshAgent publishes of its prices, by date. A table holds from its day on, until the next one; what is older, and
 * models that no table has, go by the public list. Tiers and long contexts are data beside the prices.
 */
interface MeshagentTable {
  readonly name: string;
  /** YYYY-MM-DD, UTC. */
  readonly from: string;
  readonly providers: Readonly<Record<string, ProviderTable>>;
}

interface ProviderTable {
  /** Other names of tiers. */
  readonly tierNames?: Readonly<Record<string, string>>;
  readonly models: readonly PricedModel[];
}

interface PricedModel {
  /** A name that ends in "*" is a pattern. */
  readonly names: readonly string[];
  /** In the standard tier. */
  readonly rates: Omit<Rates, 'source'>;
  /** Multiples of the standard price; a tier that isn't here is billed as the standard one. */
  readonly tiers?: Readonly<Record<string, number>>;
  readonly long?: LongContext;
}

interface LongContext {
  /** The first number of input tokens, cached and written ones included, from which the whole request is long. */
  readonly from: number;
  /** Multiples; without them nothing is known of long requests. */
  readonly input?: number;
  readonly output?: number;
  /** Tiers in which what a long request costs isn't known. */
  readonly unknownIn?: readonly string[];
}

export interface MeshagentPrice {
  /** Whether the model has a price in the tier that was asked for; else it is billed as the standard one. */
  readonly isForTier: boolean;
  /** Undefined: the model is in the table, and what such a request costs is not. */
  ratesFor(inputTokens: number): Rates | undefined;
}

interface Lookup {
  readonly table: MeshagentTable;
  readonly since: number;
  readonly exact: ReadonlyMap<string, PricedModel>;
  readonly patterns: readonly { readonly start: string; readonly model: PricedModel }[];
}

const STANDARD = 'standard';
/** "provider name" to model, newest table first. */
const LOOKUPS: readonly Lookup[] = (TABLES as readonly MeshagentTable[])
  .map(lookupOf)
  .sort((a, b) => b.since - a.since);

/** The price of a model in the tier that a request asked for; undefined where the table of that time has no such model. */
export function meshagentPrice(
  providerName: ProviderName,
  model: string,
  tier: string | undefined,
  at: number,
): MeshagentPrice | undefined {
  const lookup = LOOKUPS.find(({ since }) => at >= since);
  const found = lookup && findModel(lookup, providerName, plainName(providerName, model));
  if (!found) return undefined;
  const asked = tierNamed(lookup.table.providers[providerName], tier);
  const multiple = Object.hasOwn(found.tiers ?? {}, asked) ? found.tiers?.[asked] : undefined;
  const billed = multiple === undefined ? STANDARD : asked;
  return {
    isForTier: asked === billed,
    ratesFor: (inputTokens) => ratesOf(lookup.table.name, found, billed, multiple ?? 1, inputTokens),
  };
}

function ratesOf(source: string, { rates, long }: PricedModel, tier: string, multiple: number, inputTokens: number) {
  const isLong = long !== undefined && inputTokens >= long.from;
  if (isLong && (long.unknownIn?.includes(tier) || long.input === undefined || long.output === undefined)) {
    return undefined;
  }
  // Writes cost the same whatever their lifetime.
  const { cacheWrite } = rates;
  const all: Rates = { ...rates, cacheWrite1h: cacheWrite, cacheWrite12h: cacheWrite, source };
  const [input, output] = isLong ? [long.input as number, long.output as number] : [1, 1];
  const priced = multiplied(all, input * multiple, output * multiple);
  // Requests for decisions have no tiers.
  return rates.decisions === undefined ? priced : { ...priced, decisions: rates.decisions * input };
}

function tierNamed(provider: ProviderTable | undefined, tier: string | undefined): string {
  if (tier === undefined || tier === 'default' || tier === 'auto') return STANDARD;
  const names = provider?.tierNames ?? {};
  return Object.hasOwn(names, tier) ? (names[tier] as string) : tier;
}

function findModel({ exact, patterns }: Lookup, providerName: string, name: string): PricedModel | undefined {
  const key = `${providerName} ${name}`;
  return (
    findNamed(key, (one) => exact.get(one)) ??
    patterns.find(({ start }) => key.startsWith(start) && key.length > start.length)?.model
  );
}

function lookupOf(table: MeshagentTable): Lookup {
  const exact = new Map<string, PricedModel>();
  const patterns: { start: string; model: PricedModel }[] = [];
  for (const [providerName, { models }] of Object.entries(table.providers)) {
    for (const model of models) {
      for (const name of model.names) {
        const key = `${providerName} ${name}`;
        if (name.endsWith('*')) patterns.push({ start: key.slice(0, -1), model });
        else exact.set(key, model);
      }
    }
  }
  return { table, since: Date.parse(table.from), exact, patterns };
}
