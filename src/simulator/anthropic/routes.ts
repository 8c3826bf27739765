import type { Call } from '../call.js';
import type { Reply } from '../reply.js';
import { createMessage } from './messages.js';
import { anthropicModels } from './models.js';

/** The answer of Anthropic's endpoints; undefined where there is none. Throws ZodError for a body that does not fit. */
export function answerAnthropic(call: Call): Reply | undefined {
  const key = `${call.method} ${call.path}`;
  if (key === 'POST /v1/messages') return createMessage(call);
  if (key === 'GET /v1/models' || key.startsWith('GET /v1/models/')) return anthropicModels(call);
  return undefined;
}
