import { z } from 'zod';
import type { SimulatedUsage } from '../billing.js';
import type { Call } from '../call.js';
import { newId } from '../ids.js';
import { type Plan, splitModel } from '../plan.js';
import { promptOf, promptTokens } from '../prompt.js';
import { outputTokens, textDeltas } from '../prose.js';
import type { Reply, ReplyBill } from '../reply.js';
import { jsonReply, sse, streamReply } from '../reply.js';
import { sampleOf } from '../sample.js';
import type { SimulatedService } from '../service.js';
import { chooseTool } from '../tools.js';
import { tierOf } from './chat.js';
import { type Item, responseEvents, wholeItem } from './response-events.js';
import { countOpenaiTokens, type OpenaiCounts, responsesUsage } from './usage.js';

const TOOL = z.looseObject({ type: z.string(), name: z.string().optional(), parameters: z.unknown().optional() });

export const RESPONSES_REQUEST = z.looseObject({
  model: z.string(),
  input: z
    .union([z.string(), z.array(z.looseObject({ type: z.string().optional(), role: z.string().optional() }))])
    .optional(),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(TOOL).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ name: z.string().optional() })]).nullish(),
  reasoning: z.looseObject({ summary: z.string().nullish() }).nullish(),
  include: z.array(z.string()).nullish(),
  text: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: z.unknown().optional() }).nullish() })
    .nullish(),
  previous_response_id: z.string().nullish(),
  service_tier: z.string().nullish(),
  /** False: nothing is made, the prompt is only taken in (a Codex client warms its connection up that way). */
  generate: z.boolean().nullish(),
});
export type ResponsesRequest = z.infer<typeof RESPONSES_REQUEST>;

/** What a response says and costs, before it takes the form of a document, of SSE or of messages. */
export interface ResponsesAnswer {
  /** The response object as it is at its end, without its output. */
  readonly response: Record<string, unknown>;
  readonly items: readonly Item[];
  readonly bill: ReplyBill;
}

/** POST /v1/responses. Throws ZodError for a body that is none. */
export function createResponse(call: Call): Reply {
  const request = RESPONSES_REQUEST.parse(call.body.json);
  return responseReply(answerResponse(request, call.plan, call.service), request.stream === true);
}

/** An answer as a document, or as the events of one. */
export function responseReply({ response, items, bill }: ResponsesAnswer, stream: boolean): Reply {
  if (!stream) return jsonReply({ ...response, output: items.map(wholeItem) }, { bill });
  return streamReply(asSse(responseEvents(response, items)), { bill, errorEvent: sse(streamError(99), 'error') });
}

function* asSse(events: Iterable<{ type: string }>): Generator<string> {
  for (const event of events) yield sse(event, event.type);
}

export function streamError(sequenceNumber: number) {
  const message = 'The server had an error while processing your request.';
  return { type: 'error', sequence_number: sequenceNumber, code: 'server_error', message, param: null };
}

/** `usageOf` is how the provider reports what it counted. */
export function answerResponse(
  request: ResponsesRequest,
  plan: Plan,
  service: SimulatedService,
  usageOf: (counts: OpenaiCounts) => SimulatedUsage = responsesUsage,
): ResponsesAnswer {
  const { model } = splitModel(request.model);
  const id = newId('resp_');
  const generate = request.generate !== false;
  const prompt = promptOf(request.tools, request.instructions, request.input);
  const counts = countOpenaiTokens({ plan, service }, model, prompt, generate ? outputTokens(plan) : 0);
  // What the response before this one held is part of the prompt, and it is in the cache.
  const before = service.conversations.get(request.previous_response_id ?? '') ?? 0;
  const usage = usageOf({
    ...counts,
    input: plan.input ?? counts.input + before,
    cached: plan.cached ?? counts.cached + before,
    output: generate ? counts.output : 0,
    reasoning: generate ? counts.reasoning : 0,
  });
  service.conversations.set(id, before + counts.input + counts.output);
  const items = generate ? itemsOf(request, plan, counts.reasoning > 0) : [];
  const serviceTier = tierOf(request.service_tier);
  const response = {
    id,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    completed_at: Math.floor(Date.now() / 1000),
    status: 'completed',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: null,
    max_tool_calls: null,
    metadata: {},
    model,
    parallel_tool_calls: true,
    previous_response_id: request.previous_response_id ?? null,
    prompt_cache_key: null,
    reasoning: { effort: counts.reasoning > 0 ? 'medium' : null, summary: request.reasoning?.summary ?? null },
    safety_identifier: null,
    service_tier: serviceTier,
    store: false,
    temperature: 1,
    text: { format: request.text?.format ?? { type: 'text' }, verbosity: 'medium' },
    tool_choice: request.tool_choice ?? 'auto',
    tools: request.tools ?? [],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    usage: usage.raw,
    user: null,
  };
  return { response, items, bill: { model, usage, serviceTier } };
}

function itemsOf(request: ResponsesRequest, plan: Plan, reasons: boolean): Item[] {
  const items: Item[] = [];
  if (reasons) {
    items.push({
      type: 'reasoning',
      id: newId('rs_'),
      summary: request.reasoning?.summary ? ['**Answering** ', 'The question ', 'is a plain one.'] : [],
      encrypted: request.include?.includes('reasoning.encrypted_content') ?? false,
    });
  }
  const tool = toolItem(request, plan);
  if (tool) return [...items, tool];
  const format = request.text?.format;
  const json =
    format?.type === 'json_schema'
      ? JSON.stringify(sampleOf(format.schema))
      : format?.type === 'json_object'
        ? '{"answer":"example"}'
        : undefined;
  items.push({ type: 'message', id: newId('msg_'), pieces: () => (json === undefined ? textDeltas(plan) : [json]) });
  return items;
}

/** A tool is called when tools are given and it is the user's turn that is answered. */
function toolItem(request: ResponsesRequest, plan: Plan): Item | undefined {
  const choice = request.tool_choice;
  if (choice === 'none') return undefined;
  const forced = typeof choice === 'object' ? choice?.name : undefined;
  const last = typeof request.input === 'string' ? { role: 'user' } : request.input?.at(-1);
  if (last?.role !== 'user' && forced === undefined) return undefined;
  const tools = request.tools ?? [];
  const named = (type: string) =>
    tools.flatMap((tool) => (tool.type === type && tool.name ? [{ name: tool.name, schema: tool.parameters }] : []));
  const functions = named('function');
  const called = chooseTool(functions.length > 0 ? functions : named('custom'), plan, forced);
  if (!called) return undefined;
  const custom = functions.length === 0;
  const text = custom ? 'example' : JSON.stringify(called.arguments);
  const ids = { id: newId(custom ? 'ctc_' : 'fc_'), callId: newId('call_') };
  return { type: custom ? 'custom_tool_call' : 'function_call', name: called.name, text, ...ids };
}

/** POST /v1/responses/input_tokens: counts, and bills nothing. */
export function countInputTokens(call: Call): Reply {
  const request = RESPONSES_REQUEST.extend({ model: z.string().nullish() }).parse(call.body.json);
  const tokens = call.plan.input ?? promptTokens(promptOf(request.tools, request.instructions, request.input));
  return jsonReply({ object: 'response.input_tokens', input_tokens: tokens });
}

/** POST /v1/responses/compact: what the user said stays, the rest becomes one sealed item. */
export function compactResponse(call: Call): Reply {
  const request = RESPONSES_REQUEST.parse(call.body.json);
  const { response, bill } = answerResponse({ ...request, tools: null }, call.plan, call.service);
  const input = typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : (request.input ?? []);
  const kept = input.filter((item) => item.role === 'user').map((item) => ({ type: 'message', ...item }));
  const sealed = { type: 'compaction', id: newId('cmp_'), encrypted_content: Buffer.from('sealed').toString('base64') };
  const { id, created_at, usage } = response;
  return jsonReply({ id, object: 'response.compaction', created_at, output: [...kept, sealed], usage }, { bill });
}
