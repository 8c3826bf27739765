import type { Provider } from '../provider.js';
import { anthropicError } from './errors.js';
import { ANTHROPIC_HOSTED_TOOLS } from './hosted-tools.js';
import { usageByModel } from './iterations.js';
import { MESSAGE_STREAM } from './streams.js';
import { anthropicGaps, anthropicUsage } from './usage.js';

/** https://docs.anthropic.com/en/api/messages */
export const anthropic: Provider = {
  name: 'anthropic',
  prefix: '/anthropic',
  endpoints: {
    '/v1/messages': { operation: 'chat', streamsSayTheirEnd: true },
    '/v1/messages/count_tokens': { operation: 'count_tokens', free: true },
    '/v1/messages/batches': { operation: 'batch' },
    '/v1/messages/batches/*': { operation: 'batch', free: true },
    '/v1/complete': { operation: 'text_completion' },
    '/v1/models': { operation: 'models', free: true },
    '/v1/models/*': { operation: 'models', free: true },
  },
  stream: MESSAGE_STREAM,
  usageOf: anthropicUsage,
  usageByModel,
  gapsOf: anthropicGaps,
  hostedTools: ANTHROPIC_HOSTED_TOOLS,
  refusal: 'refusal',
  errorBody: anthropicError,
  keyField: 'x-api-key',
  otelName: 'anthropic',
  priceListId: 'anthropic',
  modelPrefixes: ['anthropic/'],
  modelNames: ['claude'],
  sdk: { name: 'Anthropic', field: 'anthropic-version' },
};
