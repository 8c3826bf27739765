import { expect, test } from 'vitest';
import { openaiClient } from './openai-client.js';
import { simulated } from './simulated.js';

const { simulator } = simulated();
const openai = (plan?: string) => openaiClient(simulator(), plan);

const tools = [
  {
    type: 'function' as const,
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    strict: false,
  },
];

test('a plain answer', async () => {
  const answer = await openai('events=3').responses.create({ model: 'gpt-5.4', input: 'hello' });
  expect(answer.output_text).toBe('The café on ');
  expect(answer.output.map((item) => item.type)).toEqual(['reasoning', 'message']);
  expect(answer.usage).toMatchObject({ input_tokens: 2, output_tokens_details: { reasoning_tokens: 64 } });
});

test('a stream brings the whole sequence of events', async () => {
  const stream = await openai('events=2').responses.create({
    model: 'gpt-5.4',
    input: 'hello',
    stream: true,
    reasoning: { summary: 'auto' },
  });
  const types: string[] = [];
  for await (const event of stream) {
    expect(event.sequence_number).toBe(types.length);
    types.push(event.type.replace('response.', ''));
  }
  expect(types).toEqual([
    'created',
    'in_progress',
    'output_item.added',
    'reasoning_summary_part.added',
    'reasoning_summary_text.delta',
    'reasoning_summary_text.delta',
    'reasoning_summary_text.delta',
    'reasoning_summary_text.done',
    'reasoning_summary_part.done',
    'output_item.done',
    'output_item.added',
    'content_part.added',
    'output_text.delta',
    'output_text.delta',
    'output_text.done',
    'content_part.done',
    'output_item.done',
    'completed',
  ]);
});

test('a streamed response comes to the same as a plain one', async () => {
  const runner = openai('events=3').responses.stream({ model: 'gpt-4.1-mini', input: 'hello' });
  const final = await runner.finalResponse();
  expect(final.output_text).toBe('The café on ');
  expect(final.usage).toMatchObject({ input_tokens: 2, output_tokens: 5 });
});

test('a function is called, and its output answered with text', async () => {
  const runner = openai().responses.stream({ model: 'gpt-4.1-mini', input: 'hello', tools });
  const first = await runner.finalResponse();
  const [call] = first.output;
  expect(call).toMatchObject({ type: 'function_call', name: 'get_weather', arguments: '{"city":"example"}' });
  const second = await openai().responses.create({
    model: 'gpt-4.1-mini',
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: call?.type === 'function_call' ? call.call_id : '', output: '9' }],
    tools,
  });
  expect(second.output_text).toContain('café');
  expect(second.usage?.input_tokens).toBeGreaterThan(first.usage?.total_tokens ?? 0);
});

test('the asked-for JSON is given', async () => {
  const format = {
    type: 'json_schema' as const,
    name: 'n',
    schema: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] },
  };
  const answer = await openai().responses.create({ model: 'gpt-4.1-mini', input: 'hello', text: { format } });
  expect(JSON.parse(answer.output_text)).toEqual({ ok: true });
});

test('input tokens are counted and a conversation is compacted', async () => {
  const counted = await openai().responses.inputTokens.count({ model: 'gpt-5.4', input: 'hello, hello' });
  expect(counted).toMatchObject({ object: 'response.input_tokens', input_tokens: 3 });
  const compacted = await openai().responses.compact({
    model: 'gpt-5.4',
    input: [
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'hi' },
    ],
  });
  expect(compacted.output.map((item) => item.type)).toEqual(['message', 'compaction']);
  expect(compacted.usage.input_tokens).toBeGreaterThan(0);
});
