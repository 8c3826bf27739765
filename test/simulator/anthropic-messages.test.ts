import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';

let simulator: RunningSimulator;
let client: Anthropic;

beforeAll(async () => {
  simulator = await createSimulator().start();
  client = new Anthropic({
    apiKey: null,
    authToken: simulator.upstreamToken,
    baseURL: `${simulator.url}/anthropic`,
    defaultHeaders: { 'Meshagent-Project-Id': simulator.projectId },
    maxRetries: 0,
  });
});
afterAll(() => simulator.stop());

const messages = [{ role: 'user' as const, content: 'hello' }];

test('a plain answer', async () => {
  const answer = await client.messages.create({ model: 'claude-sonnet-4-6', max_tokens: 100, messages });
  expect(answer.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('café') });
  expect(answer.usage.input_tokens).toBeGreaterThan(0);
});

test('a stream comes to the same message', async () => {
  const stream = client.messages.stream({ model: 'claude-sonnet-4-6', max_tokens: 100, messages });
  const message = await stream.finalMessage();
  expect(message.content[0]).toMatchObject({ type: 'text', text: expect.stringContaining('café') });
  expect(message.stop_reason).toBe('end_turn');
  expect(message.usage.output_tokens).toBeGreaterThan(1);
});
