import type { Call } from '../call.js';
import type { Reply } from '../reply.js';
import { chatCompletion } from './chat.js';
import { openaiModels } from './models.js';

/** The answer of OpenAI's endpoints; undefined where there is none. Throws ZodError for a body that does not fit. */
export function answerOpenai(call: Call): Reply | undefined {
  const key = `${call.method} ${call.path}`;
  if (key === 'POST /v1/chat/completions') return chatCompletion(call);
  if (key === 'GET /v1/models' || key.startsWith('GET /v1/models/')) return openaiModels(call);
  return undefined;
}
