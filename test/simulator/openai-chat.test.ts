import { ChatOpenAI } from '@langchain/openai';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { openaiClient } from './openai-client.js';
import { simulated } from './simulated.js';

const { simulator } = simulated();
const openai = (plan?: string) => openaiClient(simulator(), plan);
const messages = [{ role: 'user' as const, content: 'hello' }];

const tools = [
  {
    type: 'function' as const,
    function: {
      name: 'get_weather',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' }, unit: { enum: ['C', 'F'] } },
        required: ['city', 'unit'],
      },
    },
  },
];

test('a plain answer with usage', async () => {
  const answer = await openai().chat.completions.create({ model: 'gpt-4.1-mini', messages });
  expect(answer.choices[0]?.message.content).toContain('café');
  expect(answer).toMatchObject({ model: 'gpt-4.1-mini', service_tier: 'default' });
  expect(answer.usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 18, total_tokens: 20 });
});

test.each([true, false])('a stream tells its usage only if it was asked to: %s', async (include_usage) => {
  const stream = await openai('events=3').chat.completions.create({
    model: 'gpt-5.4',
    messages,
    stream: true,
    stream_options: { include_usage },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('The café on ');
  expect(chunks.filter((chunk) => chunk.usage)).toHaveLength(include_usage ? 1 : 0);
  if (include_usage) expect(chunks.at(-1)?.usage?.completion_tokens_details?.reasoning_tokens).toBe(64);
});

test('a tool is called on the user’s turn and not after its result', async () => {
  const first = await openai().chat.completions.create({ model: 'gpt-4.1-mini', messages, tools });
  const [choice] = first.choices;
  expect(choice?.finish_reason).toBe('tool_calls');
  const call = choice?.message.tool_calls?.[0];
  expect(call).toMatchObject({ type: 'function', function: { name: 'get_weather' } });
  expect(JSON.parse(call?.type === 'function' ? call.function.arguments : '')).toEqual({ city: 'example', unit: 'C' });
  const second = await openai().chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [
      ...messages,
      ...(choice ? [choice.message] : []),
      { role: 'tool', tool_call_id: call?.id ?? '', content: '9 °C' },
    ],
    tools,
  });
  expect(second.choices[0]?.finish_reason).toBe('stop');
});

test('a streamed tool call comes together', async () => {
  const runner = openai().chat.completions.stream({ model: 'gpt-4.1-mini', messages, tools });
  const { choices } = await runner.finalChatCompletion();
  expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'get_weather' } });
});

test('the asked-for JSON is given', async () => {
  const answer = await openai().chat.completions.create({
    model: 'gpt-4.1-mini',
    messages,
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'who',
        schema: {
          type: 'object',
          properties: { name: { type: 'string' }, age: { type: 'integer' } },
          required: ['age'],
        },
      },
    },
  });
  expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual({ age: 1 });
});

test('a picture counts, and its bytes do not', async () => {
  const content = [
    { type: 'text' as const, text: 'hello' },
    { type: 'image_url' as const, image_url: { url: `data:image/png;base64,${'A'.repeat(10_000)}` } },
  ];
  const answer = await openai().chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content }],
  });
  expect(answer.usage?.prompt_tokens).toBe(767);
});

test('the beginning of a prompt is cached once it was seen', async () => {
  const prompt = 'All of this is said again and again. '.repeat(200);
  const ask = async (ending: string) => {
    const answer = await openai().chat.completions.create({
      model: 'gpt-4.1-mini',
      messages: [{ role: 'user', content: prompt + ending }],
    });
    return answer.usage?.prompt_tokens_details?.cached_tokens;
  };
  expect(await ask('one')).toBe(0);
  expect(await ask('two')).toBe(1792);
});

test('errors are the SDK’s own', async () => {
  await expect(
    openai('status=429; retry-after=7').chat.completions.create({ model: 'gpt-5.4', messages }),
  ).rejects.toSatisfy(
    (error: unknown) => error instanceof OpenAI.RateLimitError && error.headers.get('retry-after') === '7',
  );
  await expect(openai().chat.completions.create({ model: 'gpt-5.4@status=401', messages })).rejects.toThrow(
    OpenAI.AuthenticationError,
  );
  await expect(openai().chat.completions.create({ model: 'gpt-5.4', messages: [] })).rejects.toMatchObject({
    status: 400,
    param: 'messages',
  });
  await expect(openai('nonsense=1').chat.completions.create({ model: 'gpt-5.4', messages })).rejects.toThrow(
    /nonsense/,
  );
});

test('LangChain holds a conversation and calls a tool', async () => {
  const { url, upstreamToken, projectId } = simulator();
  const model = new ChatOpenAI({
    model: 'gpt-4.1-mini',
    apiKey: upstreamToken,
    configuration: { baseURL: `${url}/openai/v1`, defaultHeaders: { 'Meshagent-Project-Id': projectId } },
  });
  const answer = await model.invoke('hello');
  expect(answer.text).toContain('café');
  expect(answer.usage_metadata?.output_tokens).toBe(18);
  let streamed = '';
  for await (const chunk of await model.stream('hello')) streamed += chunk.text;
  expect(streamed).toBe(answer.text);
  const called = await model.bindTools(tools).invoke('hello');
  expect(called.tool_calls?.[0]).toMatchObject({ name: 'get_weather', args: { city: 'example' } });
});
