/** Grok through the SDKs whose shapes it speaks: OpenAI's for responses, Anthropic's for messages. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';
import { grokClient, grokMessagesClient } from './clients.js';
import { machine } from './machine.js';
import { expectMetered } from './metered.js';

const running = machine();
const responses = (plan?: string) => grokClient(running(), { plan });
const messages = (plan?: string) => grokMessagesClient(running(), { plan });
const billed = () => running().simulator.billed;
const model = 'grok-4.3';
const ask = { model, max_tokens: 4000, messages: [{ role: 'user' as const, content: 'hello' }] };

/** The cost that was billed, as the service counts it: whole nano-USD, the surcharge of 5 % apart. */
function expectToTheNano(record: Awaited<ReturnType<ReturnType<typeof running>['take']>>[number] | undefined): void {
  const bill = billed().at(-1);
  expectMetered(record, bill);
  expect(record?.cost?.costNanoUsd).toBe(Math.round((bill?.costUsd ?? 0) * 1e9));
  expect(record?.cost?.surchargeNanoUsd).toBe(Math.round((bill?.costUsd ?? 0) * 1e9 * 0.05));
}

test('a response', async () => {
  const { data, response } = await responses('input=1000; cached=400; output=90')
    .responses.create({ model, input: 'hello' })
    .withResponse();
  expect(data.output_text).toContain('café');
  expect(data.usage).toHaveProperty('cost_in_usd_ticks');
  expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  expect(running().forwarded().at(-1)?.path).toBe('/grok/v1/responses');
  const [record] = await running().take(1);
  expect(record).toMatchObject({
    providerName: 'grok',
    tool: 'OpenAI SDK · JS',
    path: '/v1/responses',
    streaming: false,
    responseModel: model,
    usage: { inputTokens: 1000, cacheReadInputTokens: 400, outputTokens: 90 },
  });
  expectToTheNano(record);
});

test('a response, streamed', async () => {
  const stream = await responses('events=40; interval=1; input=1000; cached=400').responses.create({
    model,
    input: 'hello',
    stream: true,
  });
  let text = '';
  for await (const event of stream) if (event.type === 'response.output_text.delta') text += event.delta;
  expect(text).toContain('日本語のテキスト');
  const [record] = await running().take(1);
  expect(record).toMatchObject({ providerName: 'grok', streaming: true, usage: { inputTokens: 1000 } });
  expectToTheNano(record);
});

test('a message, whose cache is counted as Anthropic counts it and billed as Grok bills it', async () => {
  const message = await messages('input=700; cached=2000; written=300; output=80').messages.create(ask);
  expect(message.usage).toMatchObject({
    input_tokens: 700,
    cache_read_input_tokens: 2000,
    cache_creation_input_tokens: 300,
  });
  expect(running().forwarded().at(-1)?.path).toBe('/grok/v1/messages');
  const [record] = await running().take(1);
  expect(record).toMatchObject({
    providerName: 'grok',
    tool: 'Anthropic SDK · JS',
    path: '/v1/messages',
    streaming: false,
    usage: { inputTokens: 3000, cacheReadInputTokens: 2000, outputTokens: 80 },
  });
  expect(record?.usage).not.toHaveProperty('cacheCreationInputTokens');
  expectToTheNano(record);
});

test('a message, streamed', async () => {
  const plan = 'events=40; interval=1; input=700; cached=2000; written=300; output=80';
  const message = await messages(plan).messages.stream(ask).finalMessage();
  expect(message.content).toMatchObject([{ type: 'text', text: expect.stringContaining('日本語のテキスト') }]);
  const [record] = await running().take(1);
  expect(record).toMatchObject({ streaming: true, usage: { inputTokens: 3000, cacheReadInputTokens: 2000 } });
  expectToTheNano(record);
});

test('from 200,000 tokens on everything costs twice as much', async () => {
  for (const input of [199_999, 200_000]) {
    await responses(`input=${input}; cached=0; output=10`).responses.create({ model, input: 'hello' });
    const [record] = await running().take(1);
    expect(
      billed()
        .at(-1)
        ?.lines.every(({ type }) => type.endsWith('_long') === input >= 200_000),
    ).toBe(true);
    expectToTheNano(record);
  }
});

test('a response is kept, looked up and deleted, which costs nothing', async () => {
  const { id } = await responses().responses.create({ model, input: 'hello' });
  expect((await responses().responses.retrieve(id)).id).toBe(id);
  await responses().responses.delete(id);
  await expect(responses().responses.retrieve(id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  const records = await running().take(4);
  expect(records.map(({ method, standing }) => [method, standing])).toEqual([
    ['POST', 'measured'],
    ['GET', 'none'],
    ['DELETE', 'none'],
    ['GET', 'none'],
  ]);
});

test('the models', async () => {
  const names = [];
  for await (const { id } of responses().models.list()) names.push(id);
  expect(names).toContain(model);
  expect(await responses().models.retrieve(model)).toMatchObject({ id: model, owned_by: 'xai' });
  expect((await running().take(2)).map(({ standing }) => standing)).toEqual(['none', 'none']);
});

test('each SDK raises its own error', async () => {
  const failing = { key: 'not-the-key' };
  const create = { model, input: 'hello' };
  await expect(grokClient(running(), failing).responses.create(create)).rejects.toBeInstanceOf(
    OpenAI.AuthenticationError,
  );
  await expect(grokMessagesClient(running(), failing).messages.create(ask)).rejects.toBeInstanceOf(
    Anthropic.AuthenticationError,
  );
  await expect(responses('status=429').responses.create(create)).rejects.toBeInstanceOf(OpenAI.RateLimitError);
  await expect(messages('status=429').messages.create(ask)).rejects.toBeInstanceOf(Anthropic.RateLimitError);
  const records = await running().take(2);
  expect(records.map(({ status, errorType }) => [status, errorType])).toEqual([
    [429, 'rate_limit_exceeded'],
    [429, 'rate_limit_error'],
  ]);
});

test('chat completions are refused here, with what to do instead', async () => {
  const chat = responses().chat.completions.create({ model, messages: [{ role: 'user', content: 'hello' }] });
  await expect(chat).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(
      /\/grok\/v1\/chat\/completions .* Responses API, .* \/grok\/v1, .* can’t reach Grok\./,
    ),
  });
  expect(
    running()
      .forwarded()
      .some(({ path }) => path.includes('chat')),
  ).toBe(false);
});

test('a WebSocket is refused here', async () => {
  const socket = new ResponsesWS(grokClient(running()));
  onTestFinished(() => socket.close());
  const errors: string[] = [];
  socket.on('error', (error) => errors.push(error.message));
  await waitFor(() => errors.length > 0, 'the refusal');
  expect(errors[0]).toMatch(/400/);
});
