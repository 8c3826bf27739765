import { anthropicError } from '../anthropic/errors.js';
import { MESSAGE_STREAM } from '../anthropic/streams.js';
import { openaiError } from '../openai/errors.js';
import { openaiGaps } from '../openai/gaps.js';
import { EVENT_STREAM } from '../openai/streams.js';
import type { Provider } from '../provider.js';
import { GROK_HOSTED_TOOLS } from './hosted-tools.js';
import { grokUsage } from './usage.js';

/** https://docs.x.ai/developers/rest-api-reference/inference, as far as MeshAgent's service answers it. */
export const grok: Provider = {
  name: 'grok',
  prefix: '/grok',
  endpoints: {
    '/v1/responses': { operation: 'chat', streamsSayTheirEnd: true, hasTiers: true },
    '/v1/responses/input_tokens': { operation: 'count_tokens', free: true },
    '/v1/responses/*': { operation: 'response' },
    '/v1/messages': {
      operation: 'chat',
      stream: MESSAGE_STREAM,
      streamsSayTheirEnd: true,
      hasTiers: true,
      errorBody: anthropicError,
    },
    '/v1/models': { operation: 'models', free: true },
    '/v1/models/*': { operation: 'models', free: true },
  },
  hints: { '/v1/chat/completions': 'providers.grokChat' },
  stream: EVENT_STREAM,
  usageOf: grokUsage,
  gapsOf: openaiGaps,
  hostedTools: GROK_HOSTED_TOOLS,
  errorBody: openaiError,
  keyField: 'x-api-key',
  otelName: 'x_ai',
  priceListId: 'x-ai',
  modelPrefixes: ['xai/', 'x-ai/', 'grok/'],
  modelNames: ['grok'],
};
