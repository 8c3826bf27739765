/**
 * What the stand-in charges, in USD for a million units: the providers' public list prices of a few models, kept apart
 * from the price list Meshbar uses, so that the one can be checked against the other.
 */
export interface Price {
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

/** MeshAgent's share on top of the provider's price. */
export const SURCHARGE_RATE = 0.05;

/** The price of one unit of a billed token type, in USD. */
export function unitPrice(model: string, type: string): number {
  const price = PRICES.find(([pattern]) => pattern.test(model))?.[1] ?? OTHER;
  return perMillion(price, type) / 1e6;
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
    case 'audio_input_tokens':
      return 32;
    case 'audio_output_tokens':
      return 64;
    case 'image_input_tokens':
      return 10;
    case 'image_output_tokens':
      return 40;
    case 'input_characters':
      return 15;
    case 'audio_minutes':
      return 6000;
    default:
      return price.input;
  }
}
