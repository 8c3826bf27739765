import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.js';
import { anthropicClient, type ClientSettings, openaiClient } from './clients.js';
import { machine } from './machine.js';

const running = machine();
const messages = [{ role: 'user' as const, content: 'hello' }];

/** A client of each provider: what it asks, and what it throws. */
const openai = {
  sdk: OpenAI,
  ask: (settings: ClientSettings) =>
    openaiClient(running(), settings).chat.completions.create({ model: 'gpt-5.4', messages }),
  async stream(settings: ClientSettings) {
    const client = openaiClient(running(), settings);
    const stream = await client.chat.completions.create({ model: 'gpt-5.4', messages, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    return text;
  },
};
const responses = {
  sdk: OpenAI,
  ask: (settings: ClientSettings) =>
    openaiClient(running(), settings).responses.create({ model: 'gpt-5.4', input: 'hello' }),
  stream: async (settings: ClientSettings) =>
    (await openaiClient(running(), settings).responses.stream({ model: 'gpt-5.4', input: 'hello' }).finalResponse())
      .output_text,
};
const message = { model: 'claude-sonnet-4-6', max_tokens: 100, messages };
const anthropic = {
  sdk: Anthropic,
  ask: (settings: ClientSettings) => anthropicClient(running(), settings).messages.create(message),
  stream: (settings: ClientSettings) => anthropicClient(running(), settings).messages.stream(message).finalText(),
};
const CLIENTS = [
  ['OpenAI chat', openai],
  ['OpenAI responses', responses],
  ['Anthropic', anthropic],
] as const;

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

test.each(CLIENTS)('%s: a wrong local key', async (_name, { sdk, ask }) => {
  const before = running().forwarded().length;
  const error = await thrownBy(ask({ key: 'not-the-key' }));
  expect(error).toBeInstanceOf(sdk.AuthenticationError);
  expect(String(error)).toContain('meshbar env');
  expect(running().forwarded()).toHaveLength(before);
});

test('a path the service does not answer', async () => {
  const before = running().forwarded().length;
  const error = await thrownBy(openaiClient(running()).files.list());
  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  expect(String(error)).toContain('/openai/v1/files');
  const other = await thrownBy(anthropicClient(running()).get('/v1/files'));
  expect(other).toBeInstanceOf(Anthropic.BadRequestError);
  expect(String(other)).toContain('/anthropic/v1/files');
  expect(running().forwarded()).toHaveLength(before);
});

const STATUSES = [
  [400, 'BadRequestError'],
  [401, 'AuthenticationError'],
  [403, 'PermissionDeniedError'],
  [404, 'NotFoundError'],
  [409, 'ConflictError'],
  [422, 'UnprocessableEntityError'],
  [429, 'RateLimitError'],
  [500, 'InternalServerError'],
  [503, 'InternalServerError'],
  [529, 'InternalServerError'],
] as const;

test.each(CLIENTS)('%s: the service’s own errors', async (_name, { sdk, ask, stream }) => {
  for (const send of [ask, stream]) {
    for (const [status, name] of STATUSES) {
      const error = await thrownBy(send({ plan: `status=${status}; retry-after=7` }));
      expect(error, `${status}`).toBeInstanceOf(sdk[name]);
      expect(error).toMatchObject({ status, requestID: expect.stringMatching(/^req_/) });
      const { headers } = error as InstanceType<typeof sdk.APIError>;
      expect(headers?.get('retry-after')).toBe(status === 429 || status === 503 ? '7' : null);
    }
  }
  const records = await running().take(2 * STATUSES.length);
  expect(records.map(({ status }) => status)).toEqual([...STATUSES, ...STATUSES].map(([status]) => status));
  for (const record of records) {
    expect(record).toMatchObject({ outcome: 'failed', standing: 'none' });
    expect(record.errorType).toMatch(/^[a-z_]+$/);
    expect(record.cost).toBeUndefined();
  }
});

test('the SDK tries again by itself, and each try is a record', async () => {
  const client = openaiClient(running(), { plan: 'status=503; retry-after=0' }).withOptions({ maxRetries: 2 });
  await expect(client.models.list()).rejects.toBeInstanceOf(OpenAI.InternalServerError);
  expect((await running().take(3)).map(({ status }) => status)).toEqual([503, 503, 503]);
});

test.each(CLIENTS)('%s: the connection is broken before the answer', async (_name, { sdk, ask }) => {
  const error = await thrownBy(ask({ plan: 'fault=reset; at=before' }));
  expect(error).toBeInstanceOf(sdk.InternalServerError);
  expect(error).toMatchObject({ status: 502 });
  expect(String(error)).toContain('closed the connection');
  const [record] = await running().take(1);
  expect(record).toMatchObject({ outcome: 'failed', status: 502, errorType: 'upstream_reset', standing: 'unmetered' });
});

// The pause lets what was sent arrive: a reset may overtake it, head and all.
test.each(['fault=reset; at=8; stall=20', 'fault=truncate; at=8', 'fault=reset; at=head; think=20'])(
  'a stream that breaks (%s) is never a whole answer',
  async (plan) => {
    for (const [name, { stream }] of CLIENTS) {
      const error = await thrownBy(stream({ plan: `${plan}; events=20` }));
      expect(error, name).toBeInstanceOf(Error);
    }
    for (const record of await running().take(CLIENTS.length)) {
      expect(record).toMatchObject({ outcome: 'interrupted', status: 200, errorType: 'upstream_closed' });
      expect(record.standing).not.toBe('measured');
    }
  },
);

test.each(CLIENTS)('%s: a document that breaks is never a whole answer', async (_name, { ask }) => {
  for (const plan of ['fault=truncate', 'fault=reset; stall=20']) {
    expect(await thrownBy(ask({ plan }))).toBeInstanceOf(Error);
    const [record] = await running().take(1);
    expect(record).toMatchObject({ outcome: 'interrupted', errorType: 'upstream_closed' });
  }
});

test.each(CLIENTS)('%s: an error in mid-stream', async (_name, { sdk, stream }) => {
  const error = await thrownBy(stream({ plan: 'fault=error-event; at=8' }));
  expect(error).toBeInstanceOf(sdk.APIError);
  const [record] = await running().take(1);
  expect(record).toMatchObject({ outcome: 'failed', status: 200 });
  expect(record?.errorType).toMatch(/^(?:server_error|overloaded_error)$/);
});

test.each(CLIENTS)('%s: an answer that is no HTTP', async (_name, { sdk, ask }) => {
  const error = await thrownBy(ask({ plan: 'fault=garbage' }));
  expect(error).toBeInstanceOf(sdk.InternalServerError);
  expect(error).toMatchObject({ status: 502 });
  const [record] = await running().take(1);
  expect(record).toMatchObject({ outcome: 'failed', status: 502, errorType: 'upstream_protocol' });
});

test.each(CLIENTS)('%s: the SDK leaves', async (_name, { sdk }) => {
  const plan = 'events=2000; interval=5';
  const stop = new AbortController();
  const client = sdk === OpenAI ? openaiClient(running(), { plan }) : anthropicClient(running(), { plan });
  const stream =
    client instanceof OpenAI
      ? await client.responses.create({ model: 'gpt-5.4', input: 'hello', stream: true }, { signal: stop.signal })
      : await client.messages.create({ ...message, stream: true }, { signal: stop.signal });
  let events = 0;
  for await (const _event of stream) {
    events += 1;
    if (events === 10) stop.abort();
  }
  expect(events).toBeLessThan(100);
  await waitFor(() => running().forwarded().at(-1)?.aborted, 'the service to notice');
  const [record] = await running().take(1);
  expect(record).toMatchObject({ outcome: 'interrupted', status: 200, errorType: 'client_abort' });
});

test('the SDK leaves before there is an answer', async () => {
  const client = anthropicClient(running(), { plan: 'delay=60000' });
  const error = await thrownBy(client.messages.create(message, { timeout: 200 }));
  expect(error).toBeInstanceOf(Anthropic.APIConnectionTimeoutError);
  await waitFor(() => running().forwarded().at(-1)?.aborted, 'the service to notice');
  const [record] = await running().take(1);
  expect(record).toMatchObject({ outcome: 'interrupted', errorType: 'client_abort' });
  expect(record?.status).toBeUndefined();
});
