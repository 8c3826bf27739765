import type { Call } from '../call.js';
import { errorReply } from '../error-reply.js';
import { jsonReply, type Reply } from '../reply.js';
import { OPENAI_ERRORS } from './errors.js';

const IDS = [
  'gpt-6-luna',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
  'gpt-4.1-mini',
  'gpt-4o-mini',
  'o4-mini',
  'text-embedding-3-small',
  'text-embedding-3-large',
  'gpt-4o-mini-tts',
  'gpt-4o-transcribe',
  'whisper-1',
  'gpt-image-1',
  'gpt-realtime',
];

/** GET /v1/models and /v1/models/{id}. */
export function openaiModels(call: Call): Reply {
  const model = (id: string) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'system' });
  if (call.path === '/v1/models') return jsonReply({ object: 'list', data: IDS.map(model) });
  const id = decodeURIComponent(call.path.slice('/v1/models/'.length));
  if (!IDS.includes(id)) {
    const message = `The model '${id}' does not exist or you do not have access to it.`;
    return errorReply(OPENAI_ERRORS, 404, { message, param: 'model', requestId: call.requestId });
  }
  return jsonReply(model(id));
}
