import { z } from 'zod';
import type { Call } from '../call.js';
import { newId } from '../ids.js';
import { splitModel } from '../plan.js';
import { outputTokens, textDeltas } from '../prose.js';
import { jsonReply, type Reply, streamReply } from '../reply.js';
import { sampleOf } from '../sample.js';
import { chooseTool, type ToolCall } from '../tools.js';
import { type Block, wholeBlock } from './blocks.js';
import { ANTHROPIC_ERRORS } from './errors.js';
import { messageEvents } from './message-events.js';
import { countAnthropicTokens, messageUsage } from './usage.js';

const MESSAGE = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]),
});

export const MESSAGES_REQUEST = z.looseObject({
  model: z.string(),
  max_tokens: z.number().int().min(0),
  messages: z.array(MESSAGE).min(1),
  system: z.unknown().optional(),
  stream: z.boolean().nullish(),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.unknown().optional() })).nullish(),
  tool_choice: z.looseObject({ type: z.string(), name: z.string().optional() }).nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  service_tier: z.string().nullish(),
  output_config: z.looseObject({ format: z.looseObject({ schema: z.unknown().optional() }).nullish() }).nullish(),
});
export type MessagesRequest = z.infer<typeof MESSAGES_REQUEST>;

const THOUGHT = ['The user wants ', 'a plain answer. ', 'That is easy to give.'];
const THINKING_TOKENS = 24;

/** POST /v1/messages. Throws ZodError for a body that is none. */
export function createMessage(call: Call): Reply {
  const request = MESSAGES_REQUEST.parse(call.body.json);
  return messageReply(answerMessage(call, request), request.stream === true);
}

/** An answer as a document, or as the events of one. */
export function messageReply({ message, blocks, bill }: ReturnType<typeof answerMessage>, stream: boolean): Reply {
  if (stream) {
    return streamReply(messageEvents(message, blocks), { bill, errorEvent: ANTHROPIC_ERRORS.streamEvent });
  }
  return jsonReply({ ...message, content: blocks.map(wholeBlock) }, { bill });
}

/** The message without its content, its blocks, and what it costs. `usageOf` is how the provider reports its counts. */
export function answerMessage(call: Call, request: MessagesRequest, usageOf: typeof messageUsage = messageUsage) {
  const { model } = splitModel(request.model);
  const blocks = blocksOf(call, request);
  const thinking = blocks.some((block) => block.type === 'thinking') ? THINKING_TOKENS : 0;
  const serviceTier = request.service_tier === 'standard_only' ? 'standard' : (request.service_tier ?? 'standard');
  const counts = countAnthropicTokens(call, model, request, { output: outputTokens(call.plan), thinking });
  const usage = usageOf(counts, serviceTier === 'auto' ? 'standard' : serviceTier);
  const message = {
    id: newId('msg_'),
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    container: null,
    stop_reason: blocks.at(-1)?.type === 'tool_use' ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    stop_details: null,
    usage: usage.raw as Record<string, unknown>,
  };
  return { message, blocks, bill: { model, usage, serviceTier: 'standard' } };
}

function blocksOf(call: Call, request: MessagesRequest): Block[] {
  const blocks: Block[] = [];
  if (request.thinking && request.thinking.type !== 'disabled') {
    blocks.push({ type: 'thinking', pieces: () => THOUGHT });
  }
  const tool = toolCallOf(call, request);
  const format = request.output_config?.format?.schema;
  if (format !== undefined) blocks.push({ type: 'text', pieces: () => [JSON.stringify(sampleOf(format))] });
  else if (!tool || !request.tool_choice?.name) blocks.push({ type: 'text', pieces: () => textDeltas(call.plan) });
  if (tool) blocks.push({ type: 'tool_use', id: newId('toolu_'), name: tool.name, input: tool.arguments });
  return blocks;
}

/** A tool is called when tools are given and the last message brings no tool's result. */
function toolCallOf(call: Call, request: MessagesRequest): ToolCall | undefined {
  const choice = request.tool_choice;
  if (choice?.type === 'none') return undefined;
  // Tools that the provider runs itself have no schema.
  const offered = (request.tools ?? []).flatMap((tool) =>
    tool.input_schema === undefined ? [] : [{ name: tool.name, schema: tool.input_schema }],
  );
  const content = request.messages.at(-1)?.content;
  const hasResult = Array.isArray(content) && content.some((block) => block.type === 'tool_result');
  return hasResult && choice?.name === undefined ? undefined : chooseTool(offered, call.plan, choice?.name);
}
