import { expect, test } from 'vitest';
import { anthropicClient, openaiClient } from '../compat/clients.js';
import { type OtlpReceiver, startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { LOCAL_KEY } from '../helpers/start-proxy.js';
import { simulated } from '../helpers/telemetry.js';
import { waitFor } from '../helpers/wait-for.js';
import { openWebSocket } from '../helpers/websockets.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const CLIENT = 3;
const ERROR = 2;
const key = LOCAL_KEY;

/** Runs `traffic` through a proxy that exports; all has arrived when it resolves, since closing sends what is left. */
async function exported(traffic: (url: string) => Promise<void>) {
  const receiver = await startOtlpReceiver();
  const { engine, simulator, problems } = await simulated({ otlpUrl: receiver.url });
  const { url } = await engine.start();
  await traffic(url);
  await engine.close();
  return { receiver, simulator, problems };
}

const chat = (url: string, headers: Record<string, string> = {}, plan?: string) =>
  openaiClient({ url }, plan === undefined ? { key } : { key, plan }).chat.completions.create(
    { model: 'gpt-5.4-mini', messages: [{ role: 'user', content: 'the secret-prompt' }] },
    { headers, query: { note: 'secret-query' } },
  );

const spanOf = ({ spans }: OtlpReceiver) => {
  expect(spans).toHaveLength(1);
  const [span] = spans;
  if (!span) throw new Error('There is no span.');
  return span;
};

test('an exchange is one span of its client, with its times, its usage and nothing it said', async () => {
  const before = Date.now();
  let usage: { prompt_tokens: number; completion_tokens: number } | undefined;
  const { receiver, problems } = await exported(async (url) => {
    usage = (await chat(url)).usage;
  });
  const after = Date.now();
  const span = spanOf(receiver);
  expect(span).toMatchObject({ name: 'chat gpt-5.4-mini', kind: CLIENT });
  expect(span).not.toHaveProperty('parentSpanId');
  expect(span.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5.4-mini',
    'gen_ai.response.model': 'gpt-5.4-mini',
    'gen_ai.usage.input_tokens': usage?.prompt_tokens,
    'gen_ai.usage.output_tokens': usage?.completion_tokens,
    'http.response.status_code': 200,
    'meshbar.tool': 'OpenAI SDK · JS',
    'meshbar.outcome': 'complete',
  });
  expect(span.attributes).not.toHaveProperty('error.type');
  const [start, end] = [Number(span.startTimeUnixNano) / 1e6, Number(span.endTimeUnixNano) / 1e6];
  expect(start).toBeGreaterThanOrEqual(before);
  expect(end).toBeGreaterThan(start);
  expect(end).toBeLessThanOrEqual(after + 1);
  expect(receiver.resource).toMatchObject({ 'service.name': 'meshbar', 'service.version': '1.2.3-test' });
  expect(receiver.resource['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(problems).toEqual([]);
  const all = receiver.requests.map(({ headers, body }) => JSON.stringify(headers) + body).join('\n');
  expect(all).not.toMatch(/secret-prompt|secret-query|sim_|local-key|Bearer|prj_/);
});

test('metrics arrive too, and say the same', async () => {
  const { receiver } = await exported(async (url) => {
    await chat(url);
    await anthropicClient({ url }, { key }).messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 20,
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });
  const points = receiver.points('gen_ai.client.token.usage');
  for (const span of receiver.spans) {
    for (const type of ['input', 'output']) {
      const point = points.find(
        ({ attributes }) =>
          attributes['gen_ai.provider.name'] === span.attributes['gen_ai.provider.name'] &&
          attributes['gen_ai.token.type'] === type,
      );
      expect(point?.value).toBe(span.attributes[`gen_ai.usage.${type}_tokens`]);
    }
  }
  expect(receiver.points('meshbar.exchanges').map(({ value }) => value)).toEqual([1, 1]);
  // Priced in a thread of its own, and still there before the end.
  expect(receiver.points('meshbar.cost.estimated_usd').every(({ value }) => value > 0)).toBe(true);
  expect(receiver.points('meshbar.cost.estimated_usd')).toHaveLength(4);
  expect(receiver.points('meshbar.otlp.spans.dropped').map(({ value }) => value)).toEqual([0]);
});

test("the client's trace goes on, and its header passes as it came", async () => {
  const traceparent = `00-${TRACE}-${PARENT}-01`;
  const { receiver, simulator } = await exported(async (url) => {
    await chat(url, { traceparent, tracestate: 'vendor=secret-state' });
  });
  expect(spanOf(receiver)).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
  expect(simulator.requests.at(-1)?.headers).toMatchObject({ traceparent, tracestate: 'vendor=secret-state' });
  expect(JSON.stringify(receiver.requests)).not.toContain('secret-state');
});

test('a trace that its client does not sample has no span here either, but counts', async () => {
  const { receiver } = await exported(async (url) => {
    await chat(url, { traceparent: `00-${TRACE}-${PARENT}-00` });
  });
  expect(receiver.spans).toEqual([]);
  expect(receiver.points('meshbar.exchanges').map(({ value }) => value)).toEqual([1]);
});

test('a failure is a failed span with its type, and not with its words', async () => {
  const { receiver } = await exported(async (url) => {
    await chat(url, {}, 'status=429').catch(() => {});
  });
  const span = spanOf(receiver);
  expect(span.status).toEqual({ code: ERROR });
  expect(span.attributes).toMatchObject({
    'error.type': 'rate_limit_exceeded',
    'http.response.status_code': 429,
    'meshbar.outcome': 'failed',
  });
});

test('each response over one WebSocket is a span of its own, in the trace of its connection', async () => {
  const traceparent = `00-${TRACE}-${PARENT}-01`;
  const { receiver } = await exported(async (url) => {
    const client = await openWebSocket(Number(new URL(url).port), {
      path: '/openai/v1/responses',
      headers: { authorization: `Bearer ${key}`, traceparent },
    });
    for (const model of ['gpt-5.4', 'gpt-5.4-mini']) {
      client.socket.send(JSON.stringify({ type: 'response.create', model, input: 'the secret-prompt' }));
      const isDone = () =>
        client.messages.some(({ data }) => data.includes('response.completed') && data.includes(`"${model}"`));
      await waitFor(isDone, `the answer of ${model}`);
    }
    client.socket.close();
    await client.close();
  });
  expect(receiver.spans.map(({ name }) => name)).toEqual(['chat gpt-5.4', 'chat gpt-5.4-mini']);
  for (const span of receiver.spans) expect(span).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
  expect(JSON.stringify(receiver.requests)).not.toContain('secret-prompt');
});
