import type { MissingPrice } from '../shared/columns.js';
import type { TokenUsage } from '../shared/usage.js';
import type { Rates } from './rates.js';

export interface PricedUsage {
  /** USD; without what is missing. */
  readonly usd: number;
  readonly missing: readonly MissingPrice[];
}

/** A count, its rate in USD for a million, and what it is when it has none. */
type Part = readonly [count: number, rate: number | undefined, without: MissingPrice];

/**
 * What the tokens and minutes of a usage cost. A part without a price of its own is missing; it does not cost what
 * contains it. `gaps` are those of the record (USAGE_GAPS). Undefined: the counts contradict each other, or what the
 * exchange was mainly about has no price.
 */
export function costOfUsage(usage: TokenUsage, rates: Rates, gaps = ''): PricedUsage | undefined {
  const { inputTokens, outputTokens, audioSeconds, inputCharacters } = usage;
  if (inputTokens === undefined && outputTokens === undefined) {
    // Billed by the minute, the character or the image: the first alone has known prices.
    if (audioSeconds === undefined || inputCharacters !== undefined || rates.audioHour === undefined) return undefined;
    return { usd: (audioSeconds / 3600) * rates.audioHour, missing: [] };
  }
  if ((inputTokens ?? 0) > 0 && !hasAny(rates.input, rates.audioInput, rates.imageInput)) return undefined;
  if ((outputTokens ?? 0) > 0 && !hasAny(rates.output, rates.audioOutput, rates.imageOutput)) return undefined;
  const parts = partsOf(gaps.includes('split_cached') ? withDearestCached(usage) : usage, rates);
  if (parts.some(([count]) => count < 0)) return undefined;
  let usd = 0;
  let known = 0;
  const missing = new Set<MissingPrice>(isSplit(gaps, rates) ? [] : ['split']);
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

/** Each token once. What nobody said the kind of is text, written for five minutes: nothing is cheaper. */
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

/** "At least" is where the dearest of what was sent came from the cache. */
function withDearestCached(usage: TokenUsage): TokenUsage {
  const { cacheReadInputTokens: read = 0, audioInputTokens: audio = 0, imageInputTokens: image = 0 } = usage;
  const cacheReadAudioInputTokens = Math.min(read, audio);
  const cacheReadImageInputTokens = Math.min(read - cacheReadAudioInputTokens, image);
  return { ...usage, cacheReadAudioInputTokens, cacheReadImageInputTokens };
}

/** Whether each total is split as far as prices differ. */
function isSplit(gaps: string, { cacheWrite, cacheWrite1h }: Rates): boolean {
  const unsplit = gaps.split(' ').filter((gap) => gap.startsWith('split_'));
  return unsplit.every((gap) => gap === 'split_written' && cacheWrite === cacheWrite1h);
}

function hasAny(...rates: readonly (number | undefined)[]): boolean {
  return rates.some((rate) => rate !== undefined);
}
