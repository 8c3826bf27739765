/**
 * Threats: figures tell what somebody works on and spends. A web page, another user or another program must not read
 * them; so /metrics is behind the same door as everything else.
 */
import { expect, test } from 'vitest';
import { createSimulator } from '../../src/simulator/index.js';
import { anthropicClient, openaiClient } from '../compat/clients.js';
import { parsePrometheus, sumOf } from '../helpers/prometheus-text.js';
import { exchange } from '../helpers/raw-client.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { KEY_LINE, LOCAL_KEY, UPSTREAM_TOKEN } from '../helpers/start-proxy.js';
import { simulated } from '../helpers/telemetry.js';
import { waitFor } from '../helpers/wait-for.js';

const NOWHERE = { url: 'http://127.0.0.1:9' };
const BEARER = { headers: { authorization: `Bearer ${LOCAL_KEY}` } };

test('what SDKs did is counted: tokens, times, money, outcomes, tools', async () => {
  const { engine, simulator } = await simulated({ metrics: true });
  const { url } = await engine.start();
  const key = LOCAL_KEY;
  const openai = openaiClient({ url }, { key });
  const completion = await openai.chat.completions.create({
    model: 'gpt-5.4-mini',
    messages: [{ role: 'user', content: 'What is the secret-prompt?' }],
  });
  const stream = anthropicClient({ url }, { key }).messages.stream({
    model: 'claude-haiku-4-5',
    max_tokens: 50,
    messages: [{ role: 'user', content: 'What is the secret-prompt?' }],
  });
  const message = await stream.finalMessage();
  await openaiClient({ url }, { key, plan: 'status=429' })
    .responses.create({ model: 'gpt-5.4', input: 'Hi' })
    .catch(() => {});
  await openai.chat.completions
    .create({ model: 'no-list-knows-it', messages: [{ role: 'user', content: 'Hi' }] })
    .catch(() => {});

  const read = async () => {
    const answer = await fetch(`${url}/metrics`, BEARER);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return answer.text();
  };
  await waitFor(async () => sumOf(parsePrometheus(await read()), 'meshbar_exchanges_total') === 4, 'four exchanges');
  await engine.ledger.flush();
  const text = await read();
  const families = parsePrometheus(text);
  const mini = { gen_ai_request_model: 'gpt-5.4-mini', gen_ai_provider_name: 'openai', gen_ai_operation_name: 'chat' };
  const usage = 'gen_ai_client_token_usage';
  expect(sumOf(families, `${usage}_sum`, { ...mini, gen_ai_token_type: 'input' })).toBe(
    completion.usage?.prompt_tokens,
  );
  expect(sumOf(families, `${usage}_sum`, { ...mini, gen_ai_token_type: 'output' })).toBe(
    completion.usage?.completion_tokens,
  );
  const haiku = {
    gen_ai_response_model: message.model,
    gen_ai_provider_name: 'anthropic',
    meshbar_tool: 'Anthropic SDK · JS',
  };
  expect(sumOf(families, `${usage}_sum`, { ...haiku, gen_ai_token_type: 'output' })).toBe(message.usage.output_tokens);
  expect(sumOf(families, 'gen_ai_client_operation_duration_count', mini)).toBe(1);
  expect(sumOf(families, 'gen_ai_client_operation_duration_sum', mini)).toBeGreaterThan(0);
  // Only a stream has a first token before its last.
  expect(sumOf(families, 'gen_ai_server_time_to_first_token_count')).toBe(1);
  expect(sumOf(families, 'gen_ai_server_time_to_first_token_count', haiku)).toBe(1);
  expect(sumOf(families, 'meshbar_exchanges_total', { meshbar_outcome: 'complete', ...mini })).toBe(1);
  expect(
    sumOf(families, 'meshbar_exchanges_total', { meshbar_outcome: 'failed', gen_ai_request_model: 'gpt-5.4' }),
  ).toBe(1);
  const failed = families.get('meshbar_exchanges_total')?.samples.filter(({ labels }) => labels.error_type);
  expect(failed?.map(({ labels }) => labels.error_type)).toContain('rate_limit_exceeded');
  const { costNanoUsd, surchargeNanoUsd } = await engine.ledger.totals({});
  const cost = 'meshbar_cost_estimated_usd_total';
  expect(costNanoUsd).toBeGreaterThan(0);
  expect(sumOf(families, cost, { meshbar_cost_part: 'usage' })).toBeCloseTo(costNanoUsd / 1e9, 9);
  expect(sumOf(families, cost, { meshbar_cost_part: 'surcharge' })).toBeCloseTo(surchargeNanoUsd / 1e9, 9);
  expect(sumOf(families, 'meshbar_exchanges_active')).toBe(0);
  expect(text).not.toMatch(/secret-prompt|sim_|local-key|upstream-token/);
  expect(text).not.toContain(UPSTREAM_TOKEN);
  expect(simulator.violations).toEqual([]);
});

test('what has no known price counts there, and is no $0 elsewhere', async () => {
  const { engine } = await simulated({ metrics: true });
  const { url } = await engine.start();
  const speech = await openaiClient({ url }, { key: LOCAL_KEY }).audio.speech.create({
    model: 'tts-1',
    voice: 'alloy',
    input: 'Hello',
  });
  await speech.arrayBuffer();
  const read = async () => parsePrometheus(await (await fetch(`${url}/metrics`, BEARER)).text());
  const families = await waitFor(async () => {
    const now = await read();
    return now.has('meshbar_exchanges_unpriced_total') && now;
  }, 'an unpriced exchange');
  expect(sumOf(families, 'meshbar_exchanges_unpriced_total', { meshbar_standing: 'unpriced' })).toBe(1);
  expect(families.has('meshbar_cost_estimated_usd_total')).toBe(false);
});

test('an exchange under way is active, and no longer when it has ended', async () => {
  const { engine } = await simulated({ metrics: true });
  const { url } = await engine.start();
  const stream = await openaiClient({ url }, { key: LOCAL_KEY, plan: 'events=500;interval=20' }).responses.create({
    model: 'gpt-5.4-mini',
    input: 'Hi',
    stream: true,
  });
  const active = async () =>
    sumOf(parsePrometheus(await (await fetch(`${url}/metrics`, BEARER)).text()), 'meshbar_exchanges_active', {
      gen_ai_provider_name: 'openai',
    });
  await waitFor(async () => (await active()) === 1, 'an active exchange');
  stream.controller.abort();
  await waitFor(async () => (await active()) === 0, 'none');
});

test.each([
  ['without a key', ['GET /metrics HTTP/1.1', 'Host: localhost'], 401],
  ['with a wrong key', ['GET /metrics HTTP/1.1', 'Host: localhost', 'Authorization: Bearer wrong'], 401],
  ['from a web page', ['GET /metrics HTTP/1.1', 'Host: localhost', 'Origin: https://evil.example', KEY_LINE], 403],
  ['by another name (DNS rebinding)', ['GET /metrics HTTP/1.1', 'Host: evil.example', KEY_LINE], 403],
  ['by POST', ['POST /metrics HTTP/1.1', 'Host: localhost', 'Content-Length: 0', KEY_LINE], 405],
  ['by HEAD', ['HEAD /metrics HTTP/1.1', 'Host: localhost', KEY_LINE], 405],
  ['below it', ['GET /metrics/all HTTP/1.1', 'Host: localhost', KEY_LINE], 400],
  ['with a query, as Prometheus may add', ['GET /metrics?a=b HTTP/1.1', 'Host: localhost', KEY_LINE], 200],
])('/metrics %s', async (_name, lines, status) => {
  const { engine } = await createTestEngine(NOWHERE, { metrics: true });
  const { port } = await engine.start();
  const answer = await exchange(port, lines);
  expect(answer.status).toBe(status);
  expect(answer.text.includes('meshbar_exchanges_active')).toBe(status === 200);
});

test('with metrics off there are none, and a stranger does not even learn that', async () => {
  const { engine } = await createTestEngine(NOWHERE);
  const { port, url } = await engine.start();
  const answer = await fetch(`${url}/metrics`, BEARER);
  expect(answer.status).toBe(404);
  expect(((await answer.json()) as { error: { message: string } }).error.message).toContain('--metrics');
  expect((await exchange(port, ['GET /metrics HTTP/1.1', 'Host: localhost'])).status).toBe(401);
});

test('without local keys it stands open to this machine, like the rest', async () => {
  const simulator = await createSimulator().start();
  const { engine } = await createTestEngine(simulator, { metrics: true, insecure: true, bearer: undefined });
  const { url } = await engine.start();
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  await simulator.stop();
});
