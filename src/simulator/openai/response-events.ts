/** One output item of a response, with what a stream needs to tell it piece by piece. */
export type Item =
  | { readonly type: 'message'; readonly id: string; readonly pieces: () => Iterable<string> }
  | {
      readonly type: 'function_call' | 'custom_tool_call';
      readonly id: string;
      readonly callId: string;
      readonly name: string;
      /** Arguments as JSON, or a custom tool's input as it is. */
      readonly text: string;
    }
  | {
      readonly type: 'reasoning';
      readonly id: string;
      /** Pieces of the one summary; empty where none was asked for. */
      readonly summary: readonly string[];
      readonly encrypted: boolean;
    };

export interface ResponseEvent {
  readonly type: string;
  readonly sequence_number: number;
}

const PIECE_CHARS = 12;

/** The item as it is in a finished response. */
export function wholeItem(item: Item): object {
  switch (item.type) {
    case 'message': {
      const content = [textPart([...item.pieces()].join(''))];
      return { type: 'message', id: item.id, status: 'completed', role: 'assistant', content };
    }
    case 'reasoning': {
      const text = item.summary.join('');
      const sealed = item.encrypted ? { encrypted_content: Buffer.from('sealed thoughts').toString('base64') } : {};
      return { type: 'reasoning', id: item.id, summary: text ? [{ type: 'summary_text', text }] : [], ...sealed };
    }
    case 'custom_tool_call':
      return { type: item.type, id: item.id, call_id: item.callId, name: item.name, input: item.text };
    case 'function_call': {
      const { type, id, callId, name, text } = item;
      return { type, id, call_id: callId, name, arguments: text, status: 'completed' };
    }
  }
}

function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

/** The whole sequence of a streamed response, from response.created to response.completed with its usage. */
export function* responseEvents(response: Record<string, unknown>, items: readonly Item[]): Generator<ResponseEvent> {
  let sequence = 0;
  const event = (type: string, more: object): ResponseEvent => ({ type, sequence_number: sequence++, ...more });
  const begun = { ...response, status: 'in_progress', completed_at: null, output: [], usage: null };
  yield event('response.created', { response: begun });
  yield event('response.in_progress', { response: begun });
  for (const [index, item] of items.entries()) {
    yield event('response.output_item.added', { output_index: index, item: emptyItem(item) });
    yield* itemEvents(item, (type, more) => event(type, { item_id: item.id, output_index: index, ...more }));
    yield event('response.output_item.done', { output_index: index, item: wholeItem(item) });
  }
  yield event('response.completed', { response: { ...response, output: items.map(wholeItem) } });
}

function emptyItem(item: Item): object {
  const whole = wholeItem(item.type === 'message' ? { ...item, pieces: () => [] } : item);
  if (item.type === 'message') return { ...whole, status: 'in_progress', content: [] };
  if (item.type === 'reasoning') return { ...whole, summary: [] };
  return item.type === 'function_call' ? { ...whole, status: 'in_progress', arguments: '' } : { ...whole, input: '' };
}

function* itemEvents(item: Item, event: (type: string, more: object) => ResponseEvent): Generator<ResponseEvent> {
  if (item.type === 'message') {
    yield event('response.content_part.added', { content_index: 0, part: textPart('') });
    let text = '';
    for (const delta of item.pieces()) {
      text += delta;
      yield event('response.output_text.delta', { content_index: 0, delta, logprobs: [] });
    }
    yield event('response.output_text.done', { content_index: 0, text, logprobs: [] });
    yield event('response.content_part.done', { content_index: 0, part: textPart(text) });
    return;
  }
  if (item.type === 'reasoning') {
    if (item.summary.length === 0) return;
    const text = item.summary.join('');
    const part = (value: string) => ({ summary_index: 0, part: { type: 'summary_text', text: value } });
    yield event('response.reasoning_summary_part.added', part(''));
    for (const delta of item.summary) yield event('response.reasoning_summary_text.delta', { summary_index: 0, delta });
    yield event('response.reasoning_summary_text.done', { summary_index: 0, text });
    yield event('response.reasoning_summary_part.done', part(text));
    return;
  }
  const [name, field] =
    item.type === 'function_call' ? ['function_call_arguments', 'arguments'] : ['custom_tool_call_input', 'input'];
  for (let at = 0; at < item.text.length; at += PIECE_CHARS) {
    yield event(`response.${name}.delta`, { delta: item.text.slice(at, at + PIECE_CHARS) });
  }
  yield event(`response.${name}.done`, { [field as string]: item.text });
}
