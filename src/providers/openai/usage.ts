import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import { countAt, definedUsage, within } from '../usage-fields.js';

/**
 * Cached and written tokens are contained in the input, reasoning in the output: nothing is added up here. Chat says
 * prompt and completion, everything later input and output (https://platform.openai.com/docs/guides/prompt-caching).
 */
export function openaiUsage(raw: RawUsage): TokenUsage | undefined {
  const ofInput = withinAny(raw, INPUT_DETAILS);
  const ofOutput = withinAny(raw, OUTPUT_DETAILS);
  return definedUsage({
    inputTokens: countAt(raw, 'input_tokens') ?? countAt(raw, 'prompt_tokens'),
    outputTokens: countAt(raw, 'output_tokens') ?? countAt(raw, 'completion_tokens'),
    cacheReadInputTokens: detail(ofInput, 'cached_tokens'),
    cacheCreationInputTokens: detail(ofInput, 'cache_write_tokens'),
    cacheCreation12hInputTokens: detail(ofInput, 'cache_write_tokens_details', 'ttl_12h_tokens'),
    reasoningOutputTokens: detail(ofOutput, 'reasoning_tokens'),
    audioInputTokens: detail(ofInput, 'audio_tokens'),
    cacheReadAudioInputTokens: detail(ofInput, 'cached_tokens_details', 'audio_tokens'),
    imageInputTokens: detail(ofInput, 'image_tokens'),
    cacheReadImageInputTokens: detail(ofInput, 'cached_tokens_details', 'image_tokens'),
    audioOutputTokens: detail(ofOutput, 'audio_tokens'),
    imageOutputTokens: detail(ofOutput, 'image_tokens'),
    audioSeconds: countAt(raw, 'seconds'),
    webSearches: countAt(raw, 'tool_usage', 'web_search', 'num_requests'),
    fileSearches: countAt(raw, 'tool_usage', 'file_search', 'num_requests'),
    codeExecutions: countAt(raw, 'tool_usage', 'code_interpreter', 'num_requests'),
    otherModelTokens:
      countAt(raw, 'tool_usage', 'image_gen', 'total_tokens') ?? countAt(raw, 'svg_usage', 'total_tokens'),
  });
}

/** A request for decisions costs what goes in, cached or not, and nothing else. */
export function decisionsUsage(raw: RawUsage): TokenUsage | undefined {
  return definedUsage({ inputTokens: countAt(raw, 'input_tokens') });
}

/** Where the images' API gives no details, all of its output is images. */
export function imagesUsage(raw: RawUsage): TokenUsage | undefined {
  const usage = openaiUsage(raw);
  if (usage?.outputTokens === undefined || raw.output_tokens_details !== undefined) return usage;
  return { ...usage, imageOutputTokens: usage.outputTokens };
}

/** Realtime and transcription say "token", in the singular. */
export const INPUT_DETAILS = ['input_tokens_details', 'prompt_tokens_details', 'input_token_details'];
export const OUTPUT_DETAILS = ['output_tokens_details', 'completion_tokens_details', 'output_token_details'];

/** The objects of these names that there are. */
export function withinAny(raw: RawUsage, places: readonly string[]): readonly RawUsage[] {
  const found: RawUsage[] = [];
  for (const place of places) {
    const details = within(raw, place);
    if (details !== undefined) found.push(details);
  }
  return found;
}

/** The number of that name in the first that has it. */
function detail(places: readonly RawUsage[], key: string, inner?: string): number | undefined {
  for (const place of places) {
    const value = countAt(place, key, inner);
    if (value !== undefined) return value;
  }
  return undefined;
}
