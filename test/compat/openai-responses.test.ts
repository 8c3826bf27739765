import type { ResponseInputItem, Tool } from 'openai/resources/responses/responses';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';
import { openaiClient } from './clients.js';
import { machine } from './machine.js';
import { expectMetered } from './metered.js';

const running = machine();
const openai = (plan?: string) => openaiClient(running(), { plan });
const billed = () => running().simulator.billed;
const model = 'gpt-5.4';
const tools: Tool[] = [
  {
    type: 'function',
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    strict: false,
  },
];

test('a plain answer', async () => {
  const answer = await openai('cached=2; input=7').responses.create({ model, input: 'hello' });
  expect(answer.output_text).toContain('café');
  const [record] = await running().take(1);
  expect(record).toMatchObject({
    tool: 'OpenAI SDK · JS',
    path: '/v1/responses',
    streaming: false,
    responseModel: model,
    serviceTier: 'default',
    usage: { inputTokens: 7, cacheReadInputTokens: 2, reasoningOutputTokens: 64 },
  });
  expectMetered(record, billed().at(-1));
});

test('a stream with a summary of the reasoning', async () => {
  const stream = await openai('events=40; interval=1').responses.create({
    model,
    input: 'hello',
    stream: true,
    reasoning: { summary: 'auto' },
  });
  let text = '';
  const types = new Set<string>();
  for await (const event of stream) {
    types.add(event.type);
    if (event.type === 'response.output_text.delta') text += event.delta;
  }
  expect(text).toContain('日本語のテキスト');
  expect(types).toContain('response.reasoning_summary_text.delta');
  expect(types).toContain('response.completed');
  const [record] = await running().take(1);
  expect(record).toMatchObject({ streaming: true });
  expectMetered(record, billed().at(-1));
});

test.each([false, true])('a tool is called, and its result leads to the answer; streamed: %s', async (streamed) => {
  const ask = (input: ResponseInputItem[]) =>
    streamed
      ? openai().responses.stream({ model, input, tools }).finalResponse()
      : openai().responses.create({ model, input, tools });
  const question: ResponseInputItem = { role: 'user', content: 'hello' };
  const first = await ask([question]);
  const [call] = first.output.flatMap((item) => (item.type === 'function_call' ? [item] : []));
  expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city":"example"}' });
  const second = await ask([
    question,
    ...(first.output as ResponseInputItem[]),
    { type: 'function_call_output', call_id: call?.call_id ?? '', output: '9 °C' },
  ]);
  expect(second.output_text).toContain('café');
  const records = await running().take(2);
  for (const [i, record] of records.entries()) expectMetered(record, billed().at(i - 2));
});

test('a picture of 4 MB, and a conversation that goes on', async () => {
  const image_url = `data:image/png;base64,${Buffer.alloc(4_000_000).toString('base64')}`;
  const first = await openai().responses.create({
    model,
    input: [{ role: 'user', content: [{ type: 'input_image', image_url, detail: 'auto' }] }],
  });
  const second = await openai().responses.create({ model, input: 'And now?', previous_response_id: first.id });
  expect(second.usage?.input_tokens_details.cached_tokens).toBeGreaterThan(765);
  const records = await running().take(2);
  for (const [i, record] of records.entries()) expectMetered(record, billed().at(i - 2));
});

test('tokens are counted, and a conversation is compacted', async () => {
  const counted = await openai().responses.inputTokens.count({ model, input: 'hello' });
  expect(counted.input_tokens).toBe(2);
  const compacted = await openai().responses.compact({ model, input: 'hello' });
  expect(compacted.output.map(({ type }) => type)).toContain('compaction');
  const [count, compaction] = await running().take(2);
  expect(count).toMatchObject({ path: '/v1/responses/input_tokens', outcome: 'complete', standing: 'none' });
  expect(compaction?.path).toBe('/v1/responses/compact');
  expect(compaction?.usage?.outputTokens).toBe(compacted.usage.output_tokens);
});

test('responses over a WebSocket, one record for each', async () => {
  const socket = new ResponsesWS(openai());
  onTestFinished(() => socket.close());
  const errors: string[] = [];
  const texts: string[] = [];
  socket.on('error', (error) => errors.push(error.message));
  socket.on('response.completed', ({ response }) => texts.push(response.output_text));
  for (const input of ['hello', 'hello again']) {
    const before = texts.length;
    socket.send({ type: 'response.create', model, input });
    await waitFor(() => texts.length > before || errors.length > 0, 'a response');
  }
  expect(errors).toEqual([]);
  const records = await running().take(2);
  for (const [i, record] of records.entries()) {
    expect(record).toMatchObject({
      transport: 'websocket',
      path: '/v1/responses',
      tool: 'OpenAI SDK · JS',
      status: 101,
    });
    expectMetered(record, billed().at(i - 2));
  }
});
