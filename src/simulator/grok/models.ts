import type { Call } from '../call.js';
import { errorReply } from '../error-reply.js';
import { OPENAI_ERRORS } from '../openai/errors.js';
import { jsonReply, type Reply } from '../reply.js';

const IDS = ['grok-4.6', 'grok-4.5', 'grok-4.3', 'grok-build-0.1'];

/** GET /v1/models and /v1/models/{id}. */
export function grokModels(call: Call): Reply {
  const model = (id: string) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'xai' });
  if (call.path === '/v1/models') return jsonReply({ object: 'list', data: IDS.map(model) });
  const id = decodeURIComponent(call.path.slice('/v1/models/'.length));
  if (IDS.includes(id)) return jsonReply(model(id));
  return errorReply(OPENAI_ERRORS, 404, { message: `The model ${id} does not exist.`, requestId: call.requestId });
}
