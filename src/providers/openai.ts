import type { RawUsage, TokenUsage } from '../shared/usage.js';
import type { Provider } from './provider.js';
import { count, definedUsage, within } from './usage-fields.js';

const PATHS = new Set([
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/responses/compact',
  '/v1/responses/input_tokens',
  '/v1/embeddings',
  '/v1/audio/speech',
  '/v1/audio/transcriptions',
  '/v1/audio/translations',
  '/v1/models',
  '/v1/realtime',
]);
const FOLDERS = ['/v1/models/', '/v1/images/', '/v1/realtime/'];
const WEBSOCKET_PATHS = new Set(['/v1/realtime', '/v1/responses']);

/** https://platform.openai.com/docs/api-reference, as far as MeshAgent's service answers it. */
export const openai: Provider = {
  name: 'openai',
  isAllowedPath: (path) => PATHS.has(path) || FOLDERS.some((folder) => path.startsWith(folder)),
  isWebSocketPath: (path) => WEBSOCKET_PATHS.has(path),
  bills(method, path) {
    if (method !== 'POST') return false;
    if (path === '/v1/responses/input_tokens') return false;
    // Making a session or a key for one costs nothing; what is said over it does.
    return !path.startsWith('/v1/models') && !path.startsWith('/v1/realtime');
  },
  streamMarks: (path) =>
    path === '/v1/chat/completions'
      ? ['usage":{', 'usage": {', 'error"', '[DONE]']
      : ['response.completed', 'response.incomplete', 'response.failed', '.completed"', '.done"', 'error"', '[DONE]'],
  // Usage comes last: a chat stream that reported it lacks nothing, whether "[DONE]" follows or not.
  isStreamEnd: (path, eventType, data, reportsUsage) =>
    data === '[DONE]' || (path === '/v1/chat/completions' ? reportsUsage : FINAL_EVENTS.has(eventType)),
  streamsSayTheirEnd: (path) =>
    path === '/v1/chat/completions' || path === '/v1/responses' || AUDIO_OR_IMAGES.test(path),
  normalise,
};

const AUDIO_OR_IMAGES = /^\/v1\/(?:audio|images)\//;

const FINAL_EVENTS = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.done',
  'speech.audio.done',
  'transcript.text.done',
  'image_generation.completed',
  'image_edit.completed',
]);

/**
 * Cached and written tokens are contained in the input, reasoning in the output: nothing is added up here. Chat says
 * prompt and completion, everything later input and output (https://platform.openai.com/docs/guides/prompt-caching).
 */
function normalise(raw: RawUsage, path: string): TokenUsage | undefined {
  const ofInput = withinAny(raw, INPUT_DETAILS);
  const ofOutput = withinAny(raw, OUTPUT_DETAILS);
  const output = count(raw, 'output_tokens') ?? count(raw, 'completion_tokens');
  // Where the images' API gives no details, all of its output is images.
  const imagesOnly = path.startsWith('/v1/images/') && raw.output_tokens_details === undefined;
  return definedUsage({
    inputTokens: count(raw, 'input_tokens') ?? count(raw, 'prompt_tokens'),
    outputTokens: output,
    cacheReadInputTokens: detail(ofInput, 'cached_tokens'),
    cacheCreationInputTokens: detail(ofInput, 'cache_write_tokens'),
    cacheCreation12hInputTokens: detail(ofInput, 'cache_write_tokens_details', 'ttl_12h_tokens'),
    reasoningOutputTokens: detail(ofOutput, 'reasoning_tokens'),
    audioInputTokens: detail(ofInput, 'audio_tokens'),
    cacheReadAudioInputTokens: detail(ofInput, 'cached_tokens_details', 'audio_tokens'),
    imageInputTokens: detail(ofInput, 'image_tokens'),
    cacheReadImageInputTokens: detail(ofInput, 'cached_tokens_details', 'image_tokens'),
    audioOutputTokens: detail(ofOutput, 'audio_tokens'),
    imageOutputTokens: imagesOnly ? output : detail(ofOutput, 'image_tokens'),
    audioSeconds: count(raw, 'seconds'),
    webSearches: count(raw, 'tool_usage', 'web_search', 'num_requests'),
    otherModelTokens: count(raw, 'tool_usage', 'image_gen', 'total_tokens') ?? count(raw, 'svg_usage', 'total_tokens'),
  });
}

/** Realtime and transcription say "token", in the singular. */
const INPUT_DETAILS = ['input_tokens_details', 'prompt_tokens_details', 'input_token_details'];
const OUTPUT_DETAILS = ['output_tokens_details', 'completion_tokens_details', 'output_token_details'];

/** The objects of these names that there are. */
function withinAny(raw: RawUsage, places: readonly string[]): readonly RawUsage[] {
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
    const value = count(place, key, inner);
    if (value !== undefined) return value;
  }
  return undefined;
}
