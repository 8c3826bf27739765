import { answerMessage, MESSAGES_REQUEST, messageReply } from '../anthropic/messages.js';
import type { Call } from '../call.js';
import { errorReply } from '../error-reply.js';
import { OPENAI_ERRORS } from '../openai/errors.js';
import { wholeItem } from '../openai/response-events.js';
import { answerResponse, countInputTokens, RESPONSES_REQUEST, responseReply } from '../openai/responses.js';
import { jsonReply, type Reply } from '../reply.js';
import { grokModels } from './models.js';
import { grokMessageUsage, grokResponseUsage } from './usage.js';

/** The answer of Grok's endpoints; undefined where there is none. Throws ZodError for a body that doesn't fit. */
export function answerGrok(call: Call): Reply | undefined {
  const key = `${call.method} ${call.path}`;
  if (key === 'POST /v1/responses') return createResponse(call);
  if (key === 'POST /v1/responses/input_tokens') return countInputTokens(call);
  if (key === 'POST /v1/messages') return createMessage(call);
  if (key === 'GET /v1/models' || key.startsWith('GET /v1/models/')) return grokModels(call);
  return call.path.startsWith('/v1/responses/') ? answerStored(call) : undefined;
}

/** Each response is kept, to be asked for again by its id. */
function createResponse(call: Call): Reply {
  const request = RESPONSES_REQUEST.parse(call.body.json);
  const answer = answerResponse(request, call.plan, call.service, grokResponseUsage);
  const { response, items } = answer;
  call.service.storedResponses.set(String(response.id), { ...response, output: items.map(wholeItem) });
  return responseReply(answer, request.stream === true);
}

function answerStored(call: Call): Reply | undefined {
  const { storedResponses } = call.service;
  const id = decodeURIComponent(call.path.slice('/v1/responses/'.length));
  const stored = storedResponses.get(id);
  if (call.method !== 'GET' && call.method !== 'DELETE') return undefined;
  if (!stored) {
    return errorReply(OPENAI_ERRORS, 404, { message: `No response ${id}.`, requestId: call.requestId });
  }
  if (call.method === 'GET') return jsonReply(stored);
  storedResponses.delete(id);
  return jsonReply({ id, object: 'response', deleted: true });
}

function createMessage(call: Call): Reply {
  const request = MESSAGES_REQUEST.parse(call.body.json);
  const answer = answerMessage(call, request, grokMessageUsage);
  const serviceTier = request.service_tier ?? 'standard';
  return messageReply({ ...answer, bill: { ...answer.bill, serviceTier } }, request.stream === true);
}
