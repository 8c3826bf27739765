import RULES from './data/list-rules.json' with { type: 'json' };
import { findNamed } from './model-names.js';

/**
 * What the public list doesn't say of its prices, and the providers' own pages do: what a service tier or a region costs
 * as a multiple of the standard price, where a long context really begins, what an output price is for. Data.
 */
interface ProviderRules {
  readonly tiers: readonly TierRule[];
  /** Multiples for where inference is bound to run, by the region's name; elsewhere the price isn't known. */
  readonly regions: Readonly<Record<string, number>>;
  /** Names that the provider documents for a model of the list. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** By the start that the list has: the last number of input tokens at the short price. */
  readonly longStarts?: Readonly<Record<string, number>>;
  /** Models whose one output price is that of images, or of audio. */
  readonly outputIsImages?: readonly string[];
  readonly outputIsAudio?: readonly string[];
  /** Models that search the web for each answer, by the call. */
  readonly searchesInEveryAnswer?: readonly string[];
}

interface TierRule {
  readonly tiers: readonly string[];
  readonly multiple: number;
  /** Without: every model. */
  readonly models?: readonly string[];
  /** The most input tokens that are served in this tier. */
  readonly upTo?: number;
}

const BY_PROVIDER = RULES as Readonly<Record<string, ProviderRules>>;
const NO_RULES: ProviderRules = { tiers: [{ tiers: ['default', 'auto', 'standard'], multiple: 1 }], regions: {} };

export function rulesOf(providerName: string): ProviderRules {
  return Object.hasOwn(BY_PROVIDER, providerName) ? (BY_PROVIDER[providerName] as ProviderRules) : NO_RULES;
}

/** Whether a model, or a dated snapshot of it, is one of these. */
export function isOneOf(names: readonly string[] | undefined, model: string): boolean {
  return names !== undefined && findNamed(model, (name) => (names.includes(name) ? true : undefined)) === true;
}

/** How a request was served. `model` is a plain name. */
export interface Served {
  readonly model: string;
  readonly tier: string | undefined;
  readonly region: string | undefined;
  readonly inputTokens: number;
}

/** The multiple of the standard price in this tier and region; undefined where it isn't known. */
export function listMultiple(rules: ProviderRules, { model, tier, region, inputTokens }: Served): number | undefined {
  const rule =
    tier === undefined
      ? undefined
      : rules.tiers.find(
          ({ tiers, models, upTo = inputTokens }) =>
            tiers.includes(tier) && (models === undefined || isOneOf(models, model)) && inputTokens <= upTo,
        );
  if (tier !== undefined && rule === undefined) return undefined;
  const inTier = rule?.multiple ?? 1;
  if (region === undefined) return inTier;
  return Object.hasOwn(rules.regions, region) ? inTier * (rules.regions[region] as number) : undefined;
}
