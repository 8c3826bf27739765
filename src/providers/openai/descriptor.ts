import type { Provider } from '../provider.js';
import { askForChatUsage } from './ask-usage.js';
import { openaiError } from './errors.js';
import { openaiGaps } from './gaps.js';
import { OPENAI_HOSTED_TOOLS } from './hosted-tools.js';
import { CHAT_STREAM, EVENT_STREAM } from './streams.js';
import { decisionsUsage, imagesUsage, openaiUsage } from './usage.js';
import { REALTIME_SOCKET, RESPONSES_SOCKET } from './websockets.js';

/** https://platform.openai.com/docs/api-reference, as far as MeshAgent's service answers it. */
export const openai: Provider = {
  name: 'openai',
  prefix: '/openai',
  isDefault: true,
  endpoints: {
    '/v1/chat/completions': {
      operation: 'chat',
      stream: CHAT_STREAM,
      streamsSayTheirEnd: true,
      askForUsage: askForChatUsage,
      hasTiers: true,
    },
    '/v1/responses': { operation: 'chat', streamsSayTheirEnd: true, hasTiers: true, webSocket: RESPONSES_SOCKET },
    '/v1/responses/compact': { operation: 'compact', hasTiers: true },
    '/v1/responses/input_tokens': { operation: 'count_tokens', free: true },
    '/v1/decisions': { operation: 'decide', usageOf: decisionsUsage },
    '/v1/embeddings': { operation: 'embeddings' },
    '/v1/audio/speech': { operation: 'generate_content', streamsSayTheirEnd: true, requestCounts: 'characters' },
    '/v1/audio/transcriptions': { operation: 'transcription', streamsSayTheirEnd: true },
    '/v1/audio/translations': { operation: 'transcription', streamsSayTheirEnd: true },
    '/v1/models': { operation: 'models', free: true },
    '/v1/models/*': { operation: 'models', free: true },
    '/v1/images/*': {
      operation: 'generate_content',
      streamsSayTheirEnd: true,
      usageOf: imagesUsage,
      requestCounts: 'images',
    },
    // A call over WebRTC, or a key that opens one, begins something that costs and passes by the proxy.
    '/v1/realtime': { operation: 'chat', webSocket: REALTIME_SOCKET },
    '/v1/realtime/calls/*/hangup': { operation: 'realtime_session', free: true },
    '/v1/realtime/calls/*/reject': { operation: 'realtime_session', free: true },
    '/v1/realtime/calls/*/refer': { operation: 'realtime_session', free: true },
    '/v1/realtime/*': { operation: 'realtime_session' },
  },
  stream: EVENT_STREAM,
  usageOf: openaiUsage,
  gapsOf: openaiGaps,
  hostedTools: OPENAI_HOSTED_TOOLS,
  errorBody: openaiError,
  keySubprotocol: 'openai-insecure-api-key.',
  otelName: 'openai',
  priceListId: 'openai',
  modelPrefixes: ['openai/'],
  modelNames: ['gpt', 'chatgpt', 'o[1-9]', 'codex', 'computer-use', 'text-embedding', 'whisper', 'tts', 'dall-e'],
  sdk: { name: 'OpenAI' },
};
