import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';

let simulator: RunningSimulator;
let client: OpenAI;

beforeAll(async () => {
  simulator = await createSimulator().start();
  client = new OpenAI({
    apiKey: simulator.upstreamToken,
    baseURL: `${simulator.url}/openai/v1`,
    defaultHeaders: { 'Meshagent-Project-Id': simulator.projectId },
    maxRetries: 0,
  });
});
afterAll(() => simulator.stop());

test('a plain answer', async () => {
  const answer = await client.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: 'hello' }],
  });
  expect(answer.choices[0]?.message.content).toContain('café');
  expect(answer.model).toBe('gpt-4.1-mini');
  expect(answer.usage?.prompt_tokens).toBeGreaterThan(0);
});

test('a stream tells its usage only if it was asked to', async () => {
  for (const include_usage of [true, false]) {
    const stream = await client.chat.completions.create({
      model: 'gpt-5.4',
      messages: [{ role: 'user', content: 'hello' }],
      stream: true,
      stream_options: { include_usage },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.filter((chunk) => chunk.usage)).toHaveLength(include_usage ? 1 : 0);
    expect(chunks.at(-1)?.usage?.completion_tokens_details?.reasoning_tokens).toBe(include_usage ? 64 : undefined);
  }
});
