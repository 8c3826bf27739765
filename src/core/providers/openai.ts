import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import type { Provider } from './provider.js';
import { count, definedUsage } from './usage-fields.js';

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
  isStreamEnd(path, eventType, data) {
    if (data === '[DONE]') return true;
    return path === '/v1/chat/completions' ? false : FINAL_EVENTS.has(eventType);
  },
  normalise,
};

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
function normalise(raw: RawUsage): TokenUsage | undefined {
  const input = count(raw, 'input_tokens') ?? count(raw, 'prompt_tokens');
  const output = count(raw, 'output_tokens') ?? count(raw, 'completion_tokens');
  const inDetail = (key: string) =>
    count(raw, 'input_tokens_details', key) ??
    count(raw, 'prompt_tokens_details', key) ??
    count(raw, 'input_token_details', key);
  const outDetail = (key: string) =>
    count(raw, 'output_tokens_details', key) ??
    count(raw, 'completion_tokens_details', key) ??
    count(raw, 'output_token_details', key);
  return definedUsage({
    inputTokens: input,
    outputTokens: output,
    cacheReadInputTokens: inDetail('cached_tokens'),
    cacheCreationInputTokens: inDetail('cache_write_tokens') ?? inDetail('cache_creation_tokens'),
    reasoningOutputTokens: outDetail('reasoning_tokens'),
    audioInputTokens: inDetail('audio_tokens'),
    cacheReadAudioInputTokens:
      count(raw, 'input_token_details', 'cached_tokens_details', 'audio_tokens') ??
      count(raw, 'input_tokens_details', 'cached_tokens_details', 'audio_tokens'),
    imageInputTokens: inDetail('image_tokens'),
    audioOutputTokens: outDetail('audio_tokens'),
    imageOutputTokens: outDetail('image_tokens'),
    audioSeconds: count(raw, 'seconds'),
  });
}
