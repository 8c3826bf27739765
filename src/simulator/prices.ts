/**
 * What the stand-in charges: what MeshAgent publishes, and the providers' public list for models that it leaves out. Kept
 * apart from the prices Meshbar uses, so that the one can be checked against the other. USD for a million tokens.
 */
interface Price {
  readonly input: number;
  readonly cacheRead: number;
  /** Whatever its lifetime; a model without one has no price for it. */
  readonly cacheWrite?: number;
  readonly output: number;
  /** The tiers it has besides the standard one, as multiples; every other tier costs what the standard one does. */
  readonly tiers?: Readonly<Record<string, number>>;
  /** From so many input tokens on, everything costs a multiple. */
  readonly long?: readonly [from: number, input: number, output: number];
}

const FLEX_AND_PRIORITY = { flex: 0.5, priority: 2, fast: 2 };
const LONG_GPT = [272_001, 2, 1.5] as const;
const gpt = (input: number, cacheRead: number, output: number, tiers: Price['tiers'] = FLEX_AND_PRIORITY): Price => ({
  ...{ input, cacheRead, cacheWrite: input * 1.25, output },
  ...{ tiers, long: LONG_GPT },
});
const older = (input: number, cacheRead: number, output: number, priority?: number): Price => ({
  ...{ input, cacheRead, output },
  tiers: priority === undefined ? { flex: 0.5 } : { flex: 0.5, priority, fast: priority },
});
const claude = (input: number, cacheRead: number, output: number): Price => ({
  ...{ input, cacheRead, cacheWrite: input * 1.25, output },
});
const LONG_CLAUDE = [200_001, 2, 1.5] as const;

const PRICES: readonly (readonly [RegExp, Price])[] = [
  [/^gpt-6-astra/, gpt(10, 1, 50, { ...FLEX_AND_PRIORITY, ultrafast: 6 })],
  [/^gpt-6-sol/, gpt(2, 0.2, 10)],
  [/^gpt-6\.1-sol/, gpt(2, 0.1, 10)],
  [/^gpt-6-luna/, gpt(0.1, 0.01, 0.5)],
  [/^gpt-5\.6-terra/, gpt(2, 0.2, 12)],
  [/^gpt-5\.6-luna/, gpt(0.2, 0.02, 1.2)],
  [/^gpt-5\.6(?:-sol|$)/, gpt(4, 0.4, 20)],
  [/^gpt-5\.5(?!-)/, { ...older(5, 0.5, 30, 2.5), long: LONG_GPT }],
  [/^gpt-5\.4-nano/, older(0.2, 0.02, 1.25)],
  [/^gpt-5\.4-mini/, older(0.75, 0.075, 4.5, 2)],
  [/^gpt-5\.4/, { ...older(2.5, 0.25, 15, 2), long: LONG_GPT }],
  [/^gpt-4\.1-mini/, older(0.4, 0.1, 1.6, 1.75)],
  [/^gpt-4o-mini/, older(0.15, 0.075, 0.6)],
  [/^text-embedding-3-small/, older(0.02, 0.02, 0)],
  [/^text-embedding-3-large/, older(0.13, 0.13, 0)],
  [/^gpt-realtime/, older(4, 0.4, 16)],
  [/^claude-(?:fable|mythos)-5-1/, claude(10, 0.25, 50)],
  [/^claude-(?:fable|mythos)-5/, claude(10, 1, 50)],
  [/^claude-opus-5-5/, claude(4, 0.2, 20)],
  [/^claude-opus-(?:4-[5-8]|5)/, claude(5, 0.5, 25)],
  [/^claude-sonnet-5/, claude(2, 0.2, 10)],
  [/^claude-sonnet-4-6/, claude(3, 0.3, 15)],
  [/^claude-sonnet-4/, { ...claude(3, 0.3, 15), long: LONG_CLAUDE }],
  [/^claude-haiku-4-5/, claude(1, 0.1, 5)],
];
const OTHER: Price = { ...claude(1, 0.1, 5), tiers: FLEX_AND_PRIORITY };

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
export const SURCHARGE_RATE = 0.05;

/** One line of a bill. The service marks tiers and long contexts in the type: "input_tokens_flex". */
export interface BillLine {
  readonly type: string;
  /** Tokens, characters or minutes. */
  readonly quantity: number;
  readonly usd: number;
}

/** What is charged for the given quantities, by type. */
export function billLines(
  model: string,
  quantities: Readonly<Record<string, number>>,
  serviceTier: string | undefined,
): BillLine[] {
  const price = PRICES.find(([pattern]) => pattern.test(model))?.[1] ?? OTHER;
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

const PROMPT_TYPES = [
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
];

/** The type says it is fast as "priority", whichever word asked for it. */
function tierOf({ tiers = {} }: Price, asked: string | undefined): { suffix: string; multiple: number } {
  const multiple = asked === undefined ? undefined : tiers[asked];
  if (multiple === undefined) return { suffix: '', multiple: 1 };
  return { suffix: `_${asked === 'fast' ? 'priority' : asked}`, multiple };
}

function perMillion(price: Price, type: string): number {
  switch (type) {
    case 'cached_tokens':
    case 'cache_read_input_tokens':
      return price.cacheRead;
    case 'cache_write_tokens':
    case 'cache_creation_input_tokens':
      return price.cacheWrite ?? 0;
    case 'output_tokens':
      return price.output;
    default:
      return MEDIA[type] ?? price.input;
  }
}
