import Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { anthropicClient } from './anthropic-client.js';
import { simulated } from './simulated.js';

const { simulator, credentials } = simulated();
const anthropic = (plan?: string) => anthropicClient(simulator(), plan);
const messages = [{ role: 'user' as const, content: 'hello' }];
const ask = { model: 'claude-sonnet-4-6', max_tokens: 100, messages };
const tools = [
  {
    name: 'get_weather',
    input_schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
  },
];

test('a plain answer', async () => {
  const answer = await anthropic('events=3').messages.create(ask);
  expect(answer.content).toMatchObject([{ type: 'text', text: 'The café on ' }]);
  expect(answer).toMatchObject({ model: 'claude-sonnet-4-6', stop_reason: 'end_turn' });
  expect(answer.usage).toMatchObject({ input_tokens: 2, output_tokens: 5, service_tier: 'standard' });
});

test('a stream comes to the same message', async () => {
  const plain = await anthropic('events=3').messages.create(ask);
  const streamed = await anthropic('events=3').messages.stream(ask).finalMessage();
  expect({ ...streamed, id: plain.id }).toMatchObject({ ...plain });
});

test('a stream brings every kind of event, its usage cumulative', async () => {
  const stream = await anthropic('events=1; output=50').messages.create({
    ...ask,
    tools,
    stream: true,
    thinking: { type: 'adaptive' },
  });
  const events = [];
  for await (const event of stream) events.push(event);
  expect(events.map((event) => (event.type === 'content_block_delta' ? event.delta.type : event.type))).toEqual([
    'message_start',
    'content_block_start',
    'thinking_delta',
    'thinking_delta',
    'thinking_delta',
    'signature_delta',
    'content_block_stop',
    'content_block_start',
    'text_delta',
    'content_block_stop',
    'content_block_start',
    'input_json_delta',
    'input_json_delta',
    'input_json_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  expect(events[0]).toMatchObject({ message: { usage: { output_tokens: 1 } } });
  expect(events.at(-2)).toMatchObject({
    delta: { stop_reason: 'tool_use' },
    usage: { output_tokens: 50, output_tokens_details: { thinking_tokens: 24 } },
  });
});

test('a tool is called on the user’s turn and not after its result', async () => {
  const first = await anthropic().messages.create({ ...ask, tools });
  const call = first.content.at(-1);
  expect(call).toMatchObject({ type: 'tool_use', name: 'get_weather', input: { city: 'example' } });
  const second = await anthropic().messages.create({
    ...ask,
    tools,
    messages: [
      ...messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.type === 'tool_use' ? call.id : '' }] },
    ],
  });
  expect(second.stop_reason).toBe('end_turn');
});

test('what is marked is written to the cache, then read from it', async () => {
  const marked = (ttl: '5m' | '1h', text: string) => ({
    ...ask,
    system: [{ type: 'text' as const, text, cache_control: { type: 'ephemeral' as const, ttl } }],
  });
  const long = 'Be brief, and be right. '.repeat(256);
  const first = await anthropic().messages.create(marked('1h', long));
  expect(first.usage).toMatchObject({
    cache_creation_input_tokens: 1536,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_1h_input_tokens: 1536, ephemeral_5m_input_tokens: 0 },
  });
  const second = await anthropic().messages.create(marked('5m', `${long}${'Now more. '.repeat(100)}`));
  expect(second.usage).toMatchObject({
    cache_creation_input_tokens: 250,
    cache_read_input_tokens: 1536,
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 250 },
  });
  expect(second.usage.input_tokens).toBeLessThan(10);
});

test('tokens are counted', async () => {
  expect(await anthropic().messages.countTokens({ model: 'claude-sonnet-4-6', messages })).toEqual({ input_tokens: 2 });
});

test('a batch runs and gives its results', async () => {
  const client = anthropic();
  const created = await client.messages.batches.create({ requests: [{ custom_id: 'a', params: ask }] });
  expect(created).toMatchObject({ processing_status: 'in_progress', request_counts: { processing: 1 } });
  expect(await client.messages.batches.retrieve(created.id)).toMatchObject({ processing_status: 'ended' });
  expect((await client.messages.batches.list()).data.map((batch) => batch.id)).toContain(created.id);
  const results = [];
  for await (const result of await client.messages.batches.results(created.id)) results.push(result);
  expect(results).toMatchObject([{ custom_id: 'a', result: { type: 'succeeded', message: { role: 'assistant' } } }]);
  expect(await client.messages.batches.delete(created.id)).toMatchObject({ type: 'message_batch_deleted' });
});

test('models are listed, one is shown, an unknown one is not', async () => {
  expect((await anthropic().models.list()).data.map((model) => model.id)).toContain('claude-sonnet-4-6');
  expect((await anthropic().models.retrieve('claude-haiku-4-5')).display_name).toBe('Claude Haiku 4.5');
  await expect(anthropic().models.retrieve('claude-0')).rejects.toThrow(Anthropic.NotFoundError);
});

test('the oldest endpoint completes', async () => {
  const response = await fetch(`${simulator().url}/anthropic/v1/complete`, {
    method: 'POST',
    headers: credentials(),
    body: JSON.stringify({ model: 'claude-2.1', prompt: '\n\nHuman: hello\n\nAssistant:' }),
  });
  expect(await response.json()).toMatchObject({ type: 'completion', stop_reason: 'stop_sequence' });
});

test('errors are the SDK’s own', async () => {
  await expect(anthropic('status=529').messages.create(ask)).rejects.toMatchObject({
    status: 529,
    error: { error: { type: 'overloaded_error' } },
  });
  await expect(anthropic('status=429').messages.create(ask)).rejects.toThrow(Anthropic.RateLimitError);
  await expect(anthropic('fault=error-event').messages.stream(ask).finalMessage()).rejects.toThrow(/Overloaded/);
});
