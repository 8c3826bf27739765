import { sse } from '../reply.js';
import { type Block, SIGNATURE } from './blocks.js';

/**
 * A message as its stream tells it (https://docs.anthropic.com/en/api/messages-streaming): the usage is in
 * message_start, with one token of output, and again, cumulative, in message_delta.
 */
export function* messageEvents(
  message: { usage: Record<string, unknown>; stop_reason: string },
  blocks: readonly Block[],
): Generator<string> {
  const { usage } = message;
  const event = (data: { type: string }) => sse(data, data.type);
  const early = { ...usage, output_tokens: Math.min(1, Number(usage.output_tokens)), output_tokens_details: null };
  yield event({ type: 'message_start', ...{ message: { ...message, stop_reason: null, usage: early } } });
  yield event({ type: 'ping' });
  for (const [index, block] of blocks.entries()) {
    const of = (type: string, more: object = {}) => event({ type, index, ...more } as { type: string });
    yield of('content_block_start', { content_block: emptyBlock(block) });
    for (const delta of deltasOf(block)) yield of('content_block_delta', { delta });
    yield of('content_block_stop');
  }
  const delta = { stop_reason: message.stop_reason, stop_sequence: null, stop_details: null, container: null };
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } = usage;
  const cumulative = {
    input_tokens,
    cache_creation_input_tokens,
    cache_read_input_tokens,
    output_tokens,
    output_tokens_details: usage.output_tokens_details,
    server_tool_use: null,
  };
  yield event({ type: 'message_delta', ...{ delta, usage: cumulative } });
  yield event({ type: 'message_stop' });
}

function emptyBlock(block: Block): object {
  if (block.type === 'text') return { type: 'text', text: '', citations: null };
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' };
  return { type: 'tool_use', id: block.id, name: block.name, input: {}, caller: { type: 'direct' } };
}

function* deltasOf(block: Block): Generator<object> {
  if (block.type === 'tool_use') {
    yield { type: 'input_json_delta', partial_json: '' };
    const text = JSON.stringify(block.input);
    for (let at = 0; at < text.length; at += 12) {
      yield { type: 'input_json_delta', partial_json: text.slice(at, at + 12) };
    }
    return;
  }
  if (block.type === 'text') for (const text of block.pieces()) yield { type: 'text_delta', text };
  else {
    for (const thinking of block.pieces()) yield { type: 'thinking_delta', thinking };
    yield { type: 'signature_delta', signature: SIGNATURE };
  }
}
