import type { UsageGap } from '../../shared/columns.js';
import type { RawUsage } from '../../shared/usage.js';
import { countAt } from '../usage-fields.js';
import { INPUT_DETAILS, OUTPUT_DETAILS, withinAny } from './usage.js';

/** Totals of which text, audio and images leave something over: what it was, and so what it costs, isn't said. */
export function openaiGaps(raw: RawUsage): readonly UsageGap[] {
  const gaps: UsageGap[] = [];
  for (const details of withinAny(raw, INPUT_DETAILS)) {
    const total = countAt(raw, 'input_tokens') ?? countAt(raw, 'prompt_tokens') ?? 0;
    if (isShort(details, total)) gaps.push('split_input');
    if (isCacheUnsplit(details)) gaps.push('split_cached');
  }
  for (const details of withinAny(raw, OUTPUT_DETAILS)) {
    const total = countAt(raw, 'output_tokens') ?? countAt(raw, 'completion_tokens') ?? 0;
    // Where the output is split, reasoning is beside the text.
    if (isShort(details, total - (countAt(details, 'reasoning_tokens') ?? 0))) gaps.push('split_output');
  }
  return gaps;
}

const kindsIn = (details: RawUsage, ...within: readonly string[]) =>
  ['text_tokens', 'audio_tokens', 'image_tokens'].map((kind) => countAt(details, ...([...within, kind] as [string])));

/** Where no text is counted, it is the rest. */
function isShort(details: RawUsage, total: number): boolean {
  const [text, audio = 0, image = 0] = kindsIn(details);
  return text !== undefined && text + audio + image < total;
}

function isCacheUnsplit(details: RawUsage): boolean {
  const cached = countAt(details, 'cached_tokens') ?? 0;
  const [text, audio, image] = kindsIn(details, 'cached_tokens_details');
  if (text !== undefined) return text + (audio ?? 0) + (image ?? 0) < cached;
  const [, audioIn = 0, imageIn = 0] = kindsIn(details);
  return cached > 0 && audioIn + imageIn > 0 && audio === undefined && image === undefined;
}
