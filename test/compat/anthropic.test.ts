import { readFileSync } from 'node:fs';
import type Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { anthropicClient } from './clients.js';
import { LOCAL_KEY, machine } from './machine.js';
import { expectMetered, tokensBilled } from './metered.js';

const running = machine();
const anthropic = (plan?: string) => anthropicClient(running(), { plan });
const billed = () => running().simulator.billed;
const messages = [{ role: 'user' as const, content: 'hello' }];
const ask = { model: 'claude-sonnet-4-6', max_tokens: 4000, messages };
const tools: Anthropic.Tool[] = [
  {
    name: 'get_weather',
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
];

test('a plain answer', async () => {
  const { data, response } = await anthropic().messages.create(ask).withResponse();
  expect(data.content).toMatchObject([{ type: 'text', text: expect.stringContaining('café') }]);
  expect(response.headers.get('request-id')).toMatch(/^req_/);
  expect(running().forwarded().at(-1)?.headers).toHaveProperty('anthropic-version');
  const [record] = await running().take(1);
  const { version } = JSON.parse(readFileSync('node_modules/@anthropic-ai/sdk/package.json', 'utf8'));
  expect(record).toMatchObject({
    tool: 'Anthropic SDK · JS',
    toolVersion: version,
    method: 'POST',
    path: '/v1/messages',
    streaming: false,
    status: 200,
    requestModel: 'claude-sonnet-4-6',
    responseModel: 'claude-sonnet-4-6',
  });
  expectMetered(record, billed().at(-1));
});

test('a stream', async () => {
  const message = await anthropic('events=40; interval=1').messages.stream(ask).finalMessage();
  expect(message.content).toMatchObject([{ type: 'text', text: expect.stringContaining('日本語のテキスト') }]);
  const [record] = await running().take(1);
  expect(record).toMatchObject({ streaming: true });
  expectMetered(record, billed().at(-1));
});

test.each([false, true])('thinking, then an answer; streamed: %s', async (stream) => {
  const body = { ...ask, thinking: { type: 'enabled' as const, budget_tokens: 2000 } };
  const message = stream
    ? await anthropic().messages.stream(body).finalMessage()
    : await anthropic().messages.create(body);
  expect(message.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
  expect(message.content[0]).toMatchObject({ signature: expect.stringMatching(/./) });
  const [record] = await running().take(1);
  expect(record?.usage?.reasoningOutputTokens).toBe(24);
  expectMetered(record, billed().at(-1));
});

test.each([false, true])('a tool is called, and its result leads to the answer; streamed: %s', async (stream) => {
  const send = (conversation: Anthropic.MessageParam[]) => {
    const body = { ...ask, tools, messages: conversation };
    return stream ? anthropic().messages.stream(body).finalMessage() : anthropic().messages.create(body);
  };
  const first = await send(messages);
  const call = first.content.at(-1);
  expect(call).toMatchObject({ type: 'tool_use', name: 'get_weather', input: { city: 'example' } });
  const id = call?.type === 'tool_use' ? call.id : '';
  const second = await send([
    ...messages,
    { role: 'assistant', content: first.content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: '9 °C' }] },
  ]);
  expect(second.stop_reason).toBe('end_turn');
  const records = await running().take(2);
  for (const [i, record] of records.entries()) expectMetered(record, billed().at(i - 2));
});

test('the SDK’s own loop of tools', async () => {
  const final = await anthropic().beta.messages.toolRunner({
    ...ask,
    tools: [{ ...(tools[0] as Anthropic.Tool), type: 'custom', parse: (input) => input, run: () => '9 °C' }],
  });
  expect(final.stop_reason).toBe('end_turn');
  const records = await running().take(2);
  for (const [i, record] of records.entries()) expectMetered(record, billed().at(i - 2));
});

test('a picture of 5 MB', async () => {
  const data = Buffer.alloc(5_000_000, 'pixels').toString('base64');
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data };
  const answer = await anthropic().messages.create({
    ...ask,
    messages: [{ role: 'user', content: [{ type: 'image', source }] }],
  });
  expect(answer.stop_reason).toBe('end_turn');
  const [record] = await running().take(1);
  expect(record?.requestBytes).toBe(running().forwarded().at(-1)?.bodyBytes);
  expectMetered(record, billed().at(-1));
});

test.each(['5m', '1h'] as const)('a prompt is written to the cache for %s, then read from it', async (ttl) => {
  const text = `Keep it for ${ttl}. `.repeat(400);
  const system = [{ type: 'text' as const, text, cache_control: { type: 'ephemeral' as const, ttl } }];
  await anthropic().messages.create({ ...ask, system });
  await anthropic()
    .messages.stream({ ...ask, system })
    .finalMessage();
  const [written, read] = await running().take(2);
  expect(written?.usage?.cacheCreationInputTokens).toBeGreaterThan(1024);
  expect(written?.usage?.cacheCreation1hInputTokens ?? 0).toBe(
    ttl === '1h' ? written?.usage?.cacheCreationInputTokens : 0,
  );
  expect(read?.usage?.cacheReadInputTokens).toBeGreaterThan(1024);
  expectMetered(written, billed().at(-2));
  expectMetered(read, billed().at(-1));
});

test('a batch: made, looked at, its results read, deleted', async () => {
  const { batches } = anthropic().messages;
  const params = { ...ask, max_tokens: 10 };
  const batch = await batches.create({
    requests: [
      { custom_id: 'a', params },
      { custom_id: 'b', params },
    ],
  });
  expect((await batches.retrieve(batch.id)).processing_status).toBe('ended');
  const listed = [];
  for await (const one of batches.list()) listed.push(one.id);
  expect(listed).toEqual([batch.id]);
  const results = await fetch(`${running().url}/anthropic/v1/messages/batches/${batch.id}/results`, {
    headers: { 'x-api-key': LOCAL_KEY },
  });
  const lines = (await results.text()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ custom_id: 'a' }, { custom_id: 'b' }]);
  expect((await batches.delete(batch.id)).type).toBe('message_batch_deleted');
  const records = await running().take(5);
  for (const record of records) expect(record).toMatchObject({ outcome: 'complete', status: 200 });
  // What a batch costs is in its results alone, which may never be fetched.
  expect(records.map(({ standing }) => standing)).toEqual(['unmetered', 'none', 'none', 'none', 'none']);
  expect(tokensBilled(billed().at(-1)).output).toBeGreaterThan(0);
});

test('tokens are counted for nothing, and models listed', async () => {
  const counted = await anthropic().messages.countTokens({ model: ask.model, messages, tools });
  expect(counted.input_tokens).toBeGreaterThan(2);
  const models = [];
  for await (const { id } of anthropic().models.list()) models.push(id);
  expect(models).toContain(ask.model);
  expect((await anthropic().models.retrieve(ask.model)).id).toBe(ask.model);
  const records = await running().take(3);
  expect(records.map(({ path }) => path)).toEqual([
    '/v1/messages/count_tokens',
    '/v1/models',
    `/v1/models/${ask.model}`,
  ]);
  for (const record of records) expect(record).toMatchObject({ outcome: 'complete', standing: 'none' });
});

test('a beta by its header and query', async () => {
  await anthropic().messages.create(ask, {
    query: { beta: 'true' },
    headers: { 'anthropic-beta': 'context-1m-2025-08-07' },
  });
  const seen = running().forwarded().at(-1);
  expect(seen?.target).toBe('/anthropic/v1/messages?beta=true');
  expect(seen?.headers['anthropic-beta']).toBe('context-1m-2025-08-07');
  const [record] = await running().take(1);
  expectMetered(record, billed().at(-1));
});
