import type { Call } from '../call.js';
import { promptOf, promptTokens } from '../prompt.js';
import { jsonReply, type Reply } from '../reply.js';
import { answerBatches } from './batches.js';
import { complete } from './complete.js';
import { createMessage, MESSAGES_REQUEST } from './messages.js';
import { anthropicModels } from './models.js';

/** The answer of Anthropic's endpoints; undefined where there is none. Throws ZodError for a body that does not fit. */
export function answerAnthropic(call: Call): Reply | undefined {
  const key = `${call.method} ${call.path}`;
  if (key === 'POST /v1/messages') return createMessage(call);
  if (key === 'POST /v1/messages/count_tokens') return countTokens(call);
  if (key === 'POST /v1/complete') return complete(call);
  if (key === 'GET /v1/models' || key.startsWith('GET /v1/models/')) return anthropicModels(call);
  return call.path.startsWith('/v1/messages/batches') ? answerBatches(call) : undefined;
}

/** Counts, and bills nothing. */
function countTokens(call: Call): Reply {
  const request = MESSAGES_REQUEST.omit({ max_tokens: true }).parse(call.body.json);
  const tokens = promptTokens(promptOf(request.tools, request.system, request.messages));
  return jsonReply({ input_tokens: call.plan.input ?? tokens });
}
