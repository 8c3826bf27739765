/**
 * What one model's units cost in one exchange: its tier and long context are in the figures already. What is left out has
 * no known price; it never costs what the unit costs that contains it.
 */
export interface Rates {
  /** Where the prices are from, as costs name it: "MeshAgent prices of 2026-10-01". */
  readonly source: string;
  /** Text, in USD for a million tokens, as all others up to `decisions`. */
  readonly input?: number;
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite1h?: number;
  readonly cacheWrite12h?: number;
  readonly output?: number;
  readonly audioInput?: number;
  readonly audioCached?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
  readonly imageCached?: number;
  readonly imageOutput?: number;
  /** All of the input of a request for decisions, which costs nothing else. */
  readonly decisions?: number;
  /** USD for an hour that was transcribed. */
  readonly audioHour?: number;
  /** USD for a thousand calls. */
  readonly webSearches?: number;
  readonly fileSearches?: number;
}

/** The units that a tier and a region make dearer or cheaper; fees are the same in all of them. */
const INPUT_UNITS = [
  'input',
  'cached',
  'cacheWrite',
  'cacheWrite1h',
  'cacheWrite12h',
  'audioInput',
  'audioCached',
  'imageInput',
  'imageCached',
  'decisions',
] as const;
const OUTPUT_UNITS = ['output', 'audioOutput', 'imageOutput'] as const;

/** The same with what goes in and what comes out at a multiple. */
export function multiplied(rates: Rates, input: number, output: number): Rates {
  if (input === 1 && output === 1) return rates;
  const changed: { -readonly [K in keyof Rates]: Rates[K] } = { ...rates };
  for (const unit of INPUT_UNITS) changed[unit] = times(rates[unit], input);
  for (const unit of OUTPUT_UNITS) changed[unit] = times(rates[unit], output);
  return changed;
}

function times(rate: number | undefined, multiple: number): number | undefined {
  return rate === undefined ? undefined : rate * multiple;
}
