/**
 * What the stand-in charges: the providers' public list prices of a few models, kept apart from the price list Meshbar
 * uses, so that the one can be checked against the other. USD for a million tokens.
 */
interface Price {
  readonly input: number;
  readonly cacheRead: number;
  /** A write with a lifetime of five minutes; one hour costs 1.6 times this. */
  readonly cacheWrite: number;
  readonly output: number;
}

const PRICES: readonly (readonly [RegExp, Price])[] = [
  [/^gpt-5\.4-nano/, { input: 0.2, cacheRead: 0.02, cacheWrite: 0.2, output: 1.25 }],
  [/^gpt-5\.4-mini/, { input: 0.75, cacheRead: 0.075, cacheWrite: 0.75, output: 4.5 }],
  [/^gpt-5\.4/, { input: 2.5, cacheRead: 0.25, cacheWrite: 2.5, output: 15 }],
  [/^gpt-4\.1-mini/, { input: 0.4, cacheRead: 0.1, cacheWrite: 0.4, output: 1.6 }],
  [/^gpt-4o-mini/, { input: 0.15, cacheRead: 0.075, cacheWrite: 0.15, output: 0.6 }],
  [/^text-embedding-3-small/, { input: 0.02, cacheRead: 0.02, cacheWrite: 0.02, output: 0 }],
  [/^text-embedding-3-large/, { input: 0.13, cacheRead: 0.13, cacheWrite: 0.13, output: 0 }],
  [/^gpt-realtime/, { input: 4, cacheRead: 0.4, cacheWrite: 4, output: 16 }],
  [/^claude-opus-4-[5-9]/, { input: 5, cacheRead: 0.5, cacheWrite: 6.25, output: 25 }],
  [/^claude-sonnet-4/, { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 }],
  [/^claude-haiku-4-5/, { input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5 }],
];
const OTHER: Price = { input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5 };

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

/** Prompts of gpt-5.4 from this length on cost twice the input and one and a half times the output price. */
const LONG_CONTEXT = { model: /^gpt-5\.4(?:-\d{4}|$)/, tokens: 272_000, input: 2, output: 1.5 };

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
  const { input_tokens = 0, cached_tokens = 0, cache_write_tokens = 0 } = quantities;
  const prompt = input_tokens + cached_tokens + cache_write_tokens;
  const long = LONG_CONTEXT.model.test(model) && prompt >= LONG_CONTEXT.tokens;
  const tier = tierOf(model, serviceTier);
  const lines: BillLine[] = [];
  for (const [type, quantity] of Object.entries(quantities)) {
    if (quantity === 0) continue;
    const output = type === 'output_tokens';
    const stretch = !long ? 1 : output ? LONG_CONTEXT.output : LONG_CONTEXT.input;
    const usd = (quantity * perMillion(price, type) * tier.multiple * stretch) / 1e6;
    lines.push({ type: `${type}${tier.suffix}${long ? '_long' : ''}`, quantity, usd });
  }
  return lines;
}

function tierOf(model: string, serviceTier: string | undefined): { suffix: string; multiple: number } {
  if (serviceTier === 'flex') return { suffix: '_flex', multiple: 0.5 };
  if (serviceTier === 'batch') return { suffix: '', multiple: 0.5 };
  if (serviceTier === 'priority') return { suffix: '_priority', multiple: model.startsWith('gpt-4.1') ? 1.75 : 2 };
  return { suffix: '', multiple: 1 };
}

function perMillion(price: Price, type: string): number {
  switch (type) {
    case 'cached_tokens':
    case 'cache_read_input_tokens':
      return price.cacheRead;
    case 'cache_write_tokens':
    case 'cache_creation_input_tokens':
      return price.cacheWrite;
    case 'cache_creation_1h_input_tokens':
      return price.cacheWrite * 1.6;
    case 'output_tokens':
      return price.output;
    default:
      return MEDIA[type] ?? price.input;
  }
}
