import type { Call } from '../call.js';
import { errorReply } from '../error-reply.js';
import { jsonReply, type Reply } from '../reply.js';
import { ANTHROPIC_ERRORS } from './errors.js';

const NAMES: Readonly<Record<string, string>> = {
  'claude-opus-4-6': 'Claude Opus 4.6',
  'claude-sonnet-4-6': 'Claude Sonnet 4.6',
  'claude-haiku-4-5': 'Claude Haiku 4.5',
};

/** GET /v1/models and /v1/models/{id}. */
export function anthropicModels(call: Call): Reply {
  const model = (id: string) => ({
    type: 'model',
    id,
    display_name: NAMES[id],
    created_at: '2026-01-01T00:00:00Z',
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    capabilities: null,
  });
  if (call.path === '/v1/models') {
    const data = Object.keys(NAMES).map(model);
    return jsonReply({ data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id });
  }
  const id = decodeURIComponent(call.path.slice('/v1/models/'.length));
  if (Object.hasOwn(NAMES, id)) return jsonReply(model(id));
  return errorReply(ANTHROPIC_ERRORS, 404, { message: `model: ${id}`, requestId: call.requestId });
}
