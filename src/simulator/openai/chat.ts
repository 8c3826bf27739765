import { z } from 'zod';
import type { Call } from '../call.js';
import { newId } from '../ids.js';
import { splitModel } from '../plan.js';
import { promptOf } from '../prompt.js';
import { outputTokens, textDeltas, wholeText } from '../prose.js';
import { jsonReply, type Reply, sse, streamReply } from '../reply.js';
import { sampleOf } from '../sample.js';
import { chooseTool, type OfferedTool, type ToolCall } from '../tools.js';
import { OPENAI_ERRORS } from './errors.js';
import { chatUsage, countOpenaiTokens } from './usage.js';

const REQUEST = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  n: z.number().int().min(1).max(16).nullish(),
  tools: z
    .array(z.looseObject({ type: z.string(), function: z.looseObject({ name: z.string() }).optional() }))
    .nullish(),
  tool_choice: z
    .union([z.string(), z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })])
    .nullish(),
  response_format: z.looseObject({ type: z.string(), json_schema: z.looseObject({}).optional() }).nullish(),
  service_tier: z.string().nullish(),
});
type ChatRequest = z.infer<typeof REQUEST>;

/** POST /v1/chat/completions. Throws ZodError for a body that is none. */
export function chatCompletion(call: Call): Reply {
  const request = REQUEST.parse(call.body.json);
  const { model } = splitModel(request.model);
  const tool = toolCallOf(request, call);
  const format = jsonAnswerOf(request);
  const deltas = (): Iterable<string> => (format === undefined ? textDeltas(call.plan) : [format]);
  const answerTokens = outputTokens(call.plan) * (request.n ?? 1);
  const counts = countOpenaiTokens(call, model, promptOf(request.messages, request.tools), answerTokens);
  const usage = chatUsage(counts);
  const serviceTier = tierOf(request.service_tier);
  const bill = { model, usage, serviceTier } as const;
  const head = { id: newId('chatcmpl-'), created: Math.floor(Date.now() / 1000), model };
  const tail = { service_tier: serviceTier, system_fingerprint: 'fp_simulated' };
  const finish = tool ? 'tool_calls' : 'stop';

  if (request.stream) {
    const chunk = (choices: unknown[], more: object = {}) =>
      sse({ ...head, object: 'chat.completion.chunk', choices, ...tail, ...more });
    const withUsage = request.stream_options?.include_usage === true;
    return streamReply(chunks(), { bill, errorEvent: OPENAI_ERRORS.streamEvent });

    function* chunks(): Generator<string> {
      const others = withUsage ? { usage: null } : {};
      for (let index = 0; index < (request.n ?? 1); index++) {
        const choice = (delta: object, reason: string | null = null) =>
          chunk([{ index, delta, logprobs: null, finish_reason: reason }], others);
        yield choice({ role: 'assistant', content: tool ? null : '', refusal: null });
        if (tool) for (const delta of toolDeltas(tool)) yield choice({ tool_calls: [delta] });
        else for (const content of deltas()) yield choice({ content });
        yield choice({}, finish);
      }
      if (withUsage) yield chunk([], { usage: usage.raw });
      yield sse('[DONE]');
    }
  }

  const message = {
    role: 'assistant',
    content: tool ? null : (format ?? wholeText(call.plan)),
    refusal: null,
    annotations: [],
    ...(tool ? { tool_calls: [{ id: newId('call_'), type: 'function', function: wire(tool) }] } : {}),
  };
  const choices = Array.from({ length: request.n ?? 1 }, (_, index) => ({
    index,
    message,
    logprobs: null,
    finish_reason: finish,
  }));
  return jsonReply({ ...head, object: 'chat.completion', choices, usage: usage.raw, ...tail }, { bill });
}

/** A tool is called when tools are given and it is the user's turn that is answered. */
function toolCallOf(request: ChatRequest, call: Call): ToolCall | undefined {
  const offered: OfferedTool[] = (request.tools ?? []).flatMap((tool) =>
    tool.function ? [{ name: tool.function.name, schema: tool.function.parameters }] : [],
  );
  const choice = request.tool_choice;
  if (choice === 'none') return undefined;
  const forced = typeof choice === 'object' ? choice?.function?.name : undefined;
  const fromUser = request.messages.at(-1)?.role === 'user';
  return fromUser || forced !== undefined ? chooseTool(offered, call.plan, forced) : undefined;
}

/** The answer that fits the asked-for JSON; undefined where prose will do. */
function jsonAnswerOf(request: ChatRequest): string | undefined {
  const format = request.response_format;
  if (format?.type === 'json_object') return JSON.stringify({ answer: 'example' });
  return format?.type === 'json_schema' ? JSON.stringify(sampleOf(format.json_schema?.schema)) : undefined;
}

function wire(tool: ToolCall): { name: string; arguments: string } {
  return { name: tool.name, arguments: JSON.stringify(tool.arguments) };
}

function* toolDeltas(tool: ToolCall): Generator<object> {
  yield { index: 0, id: newId('call_'), type: 'function', function: { name: tool.name, arguments: '' } };
  const text = wire(tool).arguments;
  for (let at = 0; at < text.length; at += 12) yield { index: 0, function: { arguments: text.slice(at, at + 12) } };
}

/** `auto` ends up as the ordinary tier. */
export function tierOf(asked: string | null | undefined): string {
  return asked === undefined || asked === null || asked === 'auto' ? 'default' : asked;
}
