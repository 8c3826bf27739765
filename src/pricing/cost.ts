import type { TokenUsage } from '../shared/usage.js';
import type { Rates } from './rates.js';

/** What was used and has no known price, so that a cost without it is "at least". */
type MissingPrice =
  | 'cached'
  | 'cache_write'
  | 'audio'
  | 'image'
  | 'text'
  | 'web_search'
  | 'file_search'
  | 'code_interpreter'
  | 'image_generation'
  | 'other_model';

export interface PricedUsage {
  /** USD; without what is missing. */
  readonly usd: number;
  readonly missing: readonly MissingPrice[];
}

/** A count, its rate in USD for a million, and what it is when it has none. */
type Part = readonly [count: number, rate: number | undefined, without: MissingPrice];

/**
 * What the tokens, minutes and calls of a usage cost. A part without a price of its own is missing; it does not cost what
 * contains it. Undefined: the counts contradict each other, or what the exchange was mainly about has no price.
 */
export function costOfUsage(usage: TokenUsage, rates: Rates): PricedUsage | undefined {
  const { inputTokens, outputTokens, audioSeconds, inputCharacters } = usage;
  if (inputTokens === undefined && outputTokens === undefined) {
    // Billed by the minute, the character or the image: the first alone has known prices.
    if (audioSeconds === undefined || inputCharacters !== undefined || rates.audioHour === undefined) return undefined;
    return { usd: (audioSeconds / 3600) * rates.audioHour, missing: [] };
  }
  const parts = partsOf(usage, rates);
  if (!parts || parts.some(([count]) => count < 0)) return undefined;
  if ((inputTokens ?? 0) > 0 && !hasAny(rates.input, rates.audioInput, rates.imageInput)) return undefined;
  if ((outputTokens ?? 0) > 0 && !hasAny(rates.output, rates.audioOutput, rates.imageOutput)) return undefined;
  let usd = 0;
  let known = 0;
  const missing = new Set<MissingPrice>(feesOf(usage));
  for (const [count, rate, without] of parts) {
    if (count === 0) continue;
    if (rate === undefined) missing.add(without);
    else {
      usd += count * rate;
      known += count;
    }
  }
  const unknown = parts.some(([count, rate]) => count > 0 && rate === undefined);
  if (unknown && known === 0) return undefined;
  return { usd: usd / 1e6, missing: [...missing] };
}

/** Decisions cost what goes in, cached or not; what comes out costs nothing. Undefined as above. */
export function costOfDecisions({ inputTokens }: TokenUsage, { decisions }: Rates): PricedUsage | undefined {
  if (inputTokens === undefined || decisions === undefined) return undefined;
  return { usd: (inputTokens * decisions) / 1e6, missing: [] };
}

/** Each token once. */
function partsOf(usage: TokenUsage, rates: Rates): readonly Part[] {
  const {
    inputTokens: input = 0,
    outputTokens: output = 0,
    cacheReadInputTokens: read = 0,
    cacheReadAudioInputTokens: audioRead = 0,
    cacheReadImageInputTokens: imageRead = 0,
    cacheCreationInputTokens: written = 0,
    cacheCreation1hInputTokens: written1h = 0,
    cacheCreation12hInputTokens: written12h = 0,
    audioInputTokens: audio = 0,
    imageInputTokens: image = 0,
    audioOutputTokens: audioOutput = 0,
    imageOutputTokens: imageOutput = 0,
  } = usage;
  const textRead = read - audioRead - imageRead;
  return [
    [input - textRead - written - audio - image, rates.input, 'text'],
    [textRead, rates.cached, 'cached'],
    [written - written1h - written12h, rates.cacheWrite, 'cache_write'],
    [written1h, rates.cacheWrite1h, 'cache_write'],
    [written12h, rates.cacheWrite12h, 'cache_write'],
    [audio - audioRead, rates.audioInput, 'audio'],
    [audioRead, rates.audioCached, 'audio'],
    [image - imageRead, rates.imageInput, 'image'],
    [imageRead, rates.imageCached, 'image'],
    [output - audioOutput - imageOutput, rates.output, 'text'],
    [audioOutput, rates.audioOutput, 'audio'],
    [imageOutput, rates.imageOutput, 'image'],
  ];
}

function hasAny(...rates: readonly (number | undefined)[]): boolean {
  return rates.some((rate) => rate !== undefined);
}

/** Hosted tools cost a fee that MeshAgent has no price for, and a second model's tokens cost what nobody said. */
function feesOf(usage: TokenUsage): MissingPrice[] {
  const fees: MissingPrice[] = [];
  if (usage.webSearches) fees.push('web_search');
  if (usage.otherModelTokens) fees.push('other_model');
  return fees;
}
