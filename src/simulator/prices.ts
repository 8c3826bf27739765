/**
 * What the stand-in charges: what MeshAgent publishes, and the providers' public list for models that it leaves out. Kept
 * apart from the prices Meshbar uses, so that the one can be checked against the other. USD for a million tokens.
 */
export interface SimulatedPrice {
  readonly input: number;
  readonly cacheRead: number;
  /** Whatever its lifetime; a model without one has no price for it. */
  readonly cacheWrite?: number;
  readonly output: number;
  /** All input of a request for decisions, whatever its tier; models without one bill nothing for them. */
  readonly decisions?: number;
  /** The tiers it has besides the standard one, as multiples; every other tier costs what the standard one does. */
  readonly tiers?: Readonly<Record<string, number>>;
  /** From so many input tokens on, everything costs a multiple. */
  readonly long?: readonly [from: number, input: number, output: number];
}

/** Those of one provider; the first match counts. */
export type SimulatedPrices = readonly (readonly [RegExp, SimulatedPrice])[];

const OTHER: SimulatedPrice = {
  ...{ input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5 },
  tiers: { flex: 0.5, priority: 2, fast: 2 },
};

/** Of other media, the same for every model. Characters and minutes are priced by the million too. */
const MEDIA: Readonly<Record<string, number>> = {
  audio_input_tokens: 32,
  audio_cached_tokens: 0.4,
  audio_output_tokens: 64,
  image_input_tokens: 10,
  image_output_tokens: 40,
  input_characters: 15,
  audio_minutes: 6000,
};

/** MeshAgent's share on top of the provider's price. */
export const SIMULATED_SURCHARGE_RATE = 0.05;

/** One line of a bill. The service marks tiers and long contexts in the type: "input_tokens_flex". */
export interface BillLine {
  readonly type: string;
  /** Tokens, characters or minutes. */
  readonly quantity: number;
  readonly usd: number;
}

/** What is charged for the given quantities, by type. */
export function billLines(
  prices: SimulatedPrices,
  model: string,
  quantities: Readonly<Record<string, number>>,
  serviceTier: string | undefined,
): BillLine[] {
  const price = prices.find(([pattern]) => pattern.test(model))?.[1] ?? OTHER;
  const [from, onInput, onOutput] = price.long ?? [Number.POSITIVE_INFINITY, 1, 1];
  const long = promptTokens(quantities) >= from;
  const tier = tierOf(price, serviceTier);
  const lines: BillLine[] = [];
  for (const [type, quantity] of Object.entries(quantities)) {
    if (quantity === 0) continue;
    const stretch = !long ? 1 : type === 'output_tokens' ? onOutput : onInput;
    const usd = (quantity * perMillion(price, type) * tier.multiple * stretch) / 1e6;
    lines.push({ type: `${type}${tier.suffix}${long ? '_long' : ''}`, quantity, usd });
  }
  return lines;
}

/** With what was read from the cache and written to it. */
function promptTokens(quantities: Readonly<Record<string, number>>): number {
  return PROMPT_TYPES.reduce((sum, type) => sum + (quantities[type] ?? 0), 0);
}

const DECISIONS = 'input_tokens_decisions';

const PROMPT_TYPES = [
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  DECISIONS,
];

/** The type says it is fast as "priority", whichever word asked for it. */
function tierOf({ tiers = {} }: SimulatedPrice, asked: string | undefined): { suffix: string; multiple: number } {
  const multiple = asked === undefined ? undefined : tiers[asked];
  if (multiple === undefined) return { suffix: '', multiple: 1 };
  return { suffix: `_${asked === 'fast' ? 'priority' : asked}`, multiple };
}

function perMillion(price: SimulatedPrice, type: string): number {
  switch (type) {
    case 'cached_tokens':
    case 'cache_read_input_tokens':
      return price.cacheRead;
    case 'cache_write_tokens':
    case 'cache_creation_input_tokens':
      return price.cacheWrite ?? 0;
    case 'output_tokens':
      return price.output;
    case DECISIONS:
      return price.decisions ?? 0;
    default:
      return MEDIA[type] ?? price.input;
  }
}
