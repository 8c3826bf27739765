import { createHash } from 'node:crypto';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';
import { VERSION } from 'openai/version';
import { expect, test } from 'vitest';
import { openaiClient } from './clients.js';
import { machine } from './machine.js';
import { expectMetered } from './metered.js';

const running = machine();
const openai = (plan?: string) => openaiClient(running(), { plan });
const billed = () => running().simulator.billed;
const model = 'gpt-5.4';
const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: 'hello' }];
const tools: ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

test('a plain answer', async () => {
  const answer = await openai('reasoning=40; cached=3; input=9').chat.completions.create({ model, messages });
  expect(answer.choices[0]?.message.content).toContain('café');
  const [record] = await running().take(1);
  expect(record).toMatchObject({
    tool: 'OpenAI SDK · JS',
    toolVersion: VERSION,
    method: 'POST',
    path: '/v1/chat/completions',
    streaming: false,
    status: 200,
    requestModel: model,
    responseModel: model,
    usage: { inputTokens: 9, cacheReadInputTokens: 3, reasoningOutputTokens: 40 },
  });
  expectMetered(record, billed().at(-1));
});

test.each([true, false, undefined])('a stream; its usage asked for: %s', async (include_usage) => {
  const stream = await openai('events=30; interval=1').chat.completions.create({
    model,
    messages,
    stream: true,
    ...(include_usage === undefined ? {} : { stream_options: { include_usage } }),
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toContain('日本語のテキスト');
  expect(chunks.at(-1)?.choices).toHaveLength(include_usage ? 0 : 1);
  expect(chunks.filter((chunk) => chunk.usage)).toHaveLength(include_usage ? 1 : 0);
  const [record] = await running().take(1);
  expect(record).toMatchObject({ streaming: true, status: 200 });
  expect(record?.timeToFirstChunkMs).toBeLessThanOrEqual(record?.durationMs ?? 0);
  expectMetered(record, billed().at(-1));
});

test('a tool is called, and its result leads to the answer', async () => {
  const runner = openai().chat.completions.runTools({
    model,
    messages,
    tools: [
      {
        type: 'function',
        function: {
          name: 'get_weather',
          description: 'The weather in a city',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          parse: JSON.parse,
          function: ({ city }: { city: string }) => `9 °C in ${city}`,
        },
      },
    ],
  });
  expect(await runner.finalContent()).toContain('café');
  expect(runner.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
  expect(runner.messages[2]).toMatchObject({ content: '9 °C in example' });
  const records = await running().take(2);
  for (const [i, record] of records.entries()) expectMetered(record, billed().at(i - 2));
});

test('a streamed tool call, its result, and the streamed answer', async () => {
  const first = await openai().chat.completions.stream({ model, messages, tools }).finalMessage();
  const [call] = first.tool_calls ?? [];
  expect(call).toMatchObject({ type: 'function', function: { name: 'get_weather', arguments: '{"city":"example"}' } });
  const result = { role: 'tool' as const, tool_call_id: call?.id ?? '', content: '9 °C' };
  const second = openai().chat.completions.stream({ model, messages: [...messages, first, result], tools });
  expect(await second.finalContent()).toContain('café');
  const records = await running().take(2);
  for (const [i, record] of records.entries()) expectMetered(record, billed().at(i - 2));
});

test('a picture of 6 MB', async () => {
  const picture = Buffer.alloc(6_000_000, 'pixels').toString('base64');
  const body = {
    model,
    messages: [
      {
        role: 'user' as const,
        content: [
          { type: 'text' as const, text: 'What is this?' },
          { type: 'image_url' as const, image_url: { url: `data:image/png;base64,${picture}` } },
        ],
      },
    ],
  };
  const answer = await openai().chat.completions.create(body);
  expect(answer.choices[0]?.message.content).toContain('café');
  const seen = running().forwarded().at(-1);
  const text = JSON.stringify(body);
  expect(seen?.bodySha256).toBe(createHash('sha256').update(text).digest('hex'));
  const [record] = await running().take(1);
  expect(record?.requestBytes).toBe(text.length);
  expectMetered(record, billed().at(-1));
});

test('the same picture in a stream, which is asked for its usage all the same', async () => {
  const picture = Buffer.alloc(6_000_000, 'pixels').toString('base64');
  const url = `data:image/png;base64,${picture}`;
  const runner = openai().chat.completions.stream({
    model,
    messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
  });
  expect(await runner.finalContent()).toContain('café');
  const [record] = await running().take(1);
  expectMetered(record, billed().at(-1));
});

test('an answer of JSON, of another tier, with a label for the bill', async () => {
  const answer = await openai().chat.completions.create(
    {
      model,
      messages,
      service_tier: 'flex',
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'age',
          schema: { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] },
        },
      },
    },
    { headers: { 'X-Meshagent-Annotation-Team': 'tests' } },
  );
  expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual({ age: 1 });
  expect(billed().at(-1)?.annotations).toEqual({ team: 'tests' });
  const [record] = await running().take(1);
  expect(record?.serviceTier).toBe('flex');
  expectMetered(record, billed().at(-1));
});

test('models are listed, and one is shown', async () => {
  const list = await openai().models.list();
  expect(list.data.map(({ id }) => id)).toContain(model);
  expect((await openai().models.retrieve(model)).id).toBe(model);
  const records = await running().take(2);
  expect(records.map(({ path }) => path)).toEqual(['/v1/models', `/v1/models/${model}`]);
  for (const record of records) expect(record).toMatchObject({ outcome: 'complete', standing: 'none', method: 'GET' });
});

test('the ledger holds all of it', async () => {
  const groups = await running().usage('tool');
  expect(groups.map(({ key }) => key)).toEqual(['OpenAI SDK · JS']);
  const usd = billed().reduce((sum, { costUsd }) => sum + costUsd, 0);
  expect((groups[0]?.costNanoUsd ?? 0) / 1e9).toBeCloseTo(usd, 6);
  expect(groups[0]).toMatchObject({ exchanges: running().forwarded().length, failed: 0, interrupted: 0 });
});
