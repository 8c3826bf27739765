/** What a service tier costs as a multiple of the standard price, which is all that the price list knows. Data. */
export interface TierPrices {
  /** Names of the tiers at the standard price. */
  readonly standard: readonly string[];
  readonly halfPrice: readonly string[];
  /** Names of the faster tier, whose multiple depends on the model; the first match counts. */
  readonly fast: readonly string[];
  readonly fastPrices: readonly FastPrice[];
  /** Multiples for where inference is bound to run, by the region's name; elsewhere the price isn't known. */
  readonly regions: Readonly<Record<string, number>>;
}

interface FastPrice {
  readonly models: RegExp;
  readonly multiple: number;
  /** Prompts of so many tokens aren't served in this tier. */
  readonly below?: number;
}

/** The multiple of the standard price that holds in a tier and region; undefined where it isn't known. */
export function tierMultiple(
  prices: TierPrices,
  tier: string | undefined,
  region: string | undefined,
  model: string,
  inputTokens: number,
): number | undefined {
  const speed = speedMultiple(prices, tier, model, inputTokens);
  if (speed === undefined || region === undefined) return speed;
  const multiple = Object.hasOwn(prices.regions, region) ? prices.regions[region] : undefined;
  return multiple === undefined ? undefined : speed * multiple;
}

function speedMultiple(prices: TierPrices, tier: string | undefined, model: string, inputTokens: number) {
  if (tier === undefined || prices.standard.includes(tier)) return 1;
  if (prices.halfPrice.includes(tier)) return 0.5;
  if (!prices.fast.includes(tier)) return undefined;
  const price = prices.fastPrices.find(({ models }) => models.test(model));
  return price?.below !== undefined && inputTokens >= price.below ? undefined : price?.multiple;
}
