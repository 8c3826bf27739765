import { z } from 'zod';
import type { Call } from '../call.js';
import { newId } from '../ids.js';
import { splitModel } from '../plan.js';
import { estimateTokens, outputTokens, textDeltas, wholeText } from '../prose.js';
import { jsonReply, type Reply, type ReplyBill, sse, streamReply } from '../reply.js';
import { ANTHROPIC_ERRORS } from './errors.js';

const REQUEST = z.looseObject({ model: z.string(), prompt: z.string(), stream: z.boolean().nullish() });

/** POST /v1/complete, the oldest way: billed, though it reports no usage. Throws ZodError for a body that is none. */
export function complete(call: Call): Reply {
  const request = REQUEST.parse(call.body.json);
  const { model } = splitModel(request.model);
  const billed = {
    input_tokens: call.plan.input ?? estimateTokens(request.prompt),
    output_tokens: outputTokens(call.plan),
  };
  const bill: ReplyBill = { model, usage: { raw: undefined, billed } };
  const part = (completion: string, stop_reason: string | null) => ({
    type: 'completion',
    id,
    completion,
    stop_reason,
    model,
  });
  const id = newId('compl_');
  if (!request.stream) return jsonReply(part(wholeText(call.plan), 'stop_sequence'), { bill });
  return streamReply(events(), { bill, errorEvent: ANTHROPIC_ERRORS.streamEvent });

  function* events(): Generator<string> {
    for (const text of textDeltas(call.plan)) yield sse(part(text, null), 'completion');
    yield sse(part('', 'stop_sequence'), 'completion');
  }
}
