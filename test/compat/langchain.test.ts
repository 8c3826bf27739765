import { expect, test } from 'vitest';
import { langchainClient, langchainEmbeddings } from './clients.js';
import { machine } from './machine.js';
import { expectMetered } from './metered.js';

const running = machine();
const billed = () => running().simulator.billed;
const tools = [
  {
    type: 'function' as const,
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

test.each([
  ['chat completions', false, '/v1/chat/completions'],
  ['responses', true, '/v1/responses'],
])('by %s: an answer, a stream, and a whole turn with a tool', async (_name, useResponsesApi, path) => {
  const model = langchainClient(running(), { useResponsesApi });
  const answer = await model.invoke('hello');
  expect(answer.text).toContain('café');
  expect(answer.usage_metadata?.output_tokens).toBe(18);

  let streamed = '';
  for await (const chunk of await model.stream('hello')) streamed += chunk.text;
  expect(streamed).toBe(answer.text);

  const able = model.bindTools(tools);
  const first = await able.invoke('hello');
  const [call] = first.tool_calls ?? [];
  expect(call).toMatchObject({ name: 'get_weather', args: { city: 'example' } });
  const result = { role: 'tool', content: '9 °C', tool_call_id: call?.id ?? '' };
  const second = await able.invoke([{ role: 'user', content: 'hello' }, first, result]);
  expect(second.text).toContain('café');

  const records = await running().take(4);
  for (const [i, record] of records.entries()) {
    expect(record).toMatchObject({ tool: 'LangChain', path, streaming: i === 1 });
    expectMetered(record, billed().at(i - 4));
  }
});

test('a picture', async () => {
  const image_url = { url: `data:image/png;base64,${Buffer.alloc(3_000_000).toString('base64')}` };
  const answer = await langchainClient(running()).invoke([
    { role: 'user', content: [{ type: 'image_url', image_url }] },
  ]);
  expect(answer.text).toContain('café');
  const [record] = await running().take(1);
  expect(record?.usage?.inputTokens).toBeGreaterThanOrEqual(765);
  expectMetered(record, billed().at(-1));
});

test('embeddings', async () => {
  const vectors = await langchainEmbeddings(running()).embedDocuments(['one', 'two']);
  expect(vectors.map(({ length }) => length)).toEqual([1536, 1536]);
  const [record] = await running().take(1);
  expectMetered(record, billed().at(-1));
});

test('a wrong key is an error of its own', async () => {
  const before = running().forwarded().length;
  const model = langchainClient({ url: running().url.replace('127.0.0.1', 'localhost') }, { apiKey: 'wrong' });
  await expect(model.invoke('hello')).rejects.toThrow(/local key/);
  expect(running().forwarded()).toHaveLength(before);
});
