/** Decisions through the official SDK: what goes in is billed by a type of its own, and nothing else. */
import { expect, test } from 'vitest';
import { openaiClient } from './clients.js';
import { machine } from './machine.js';
import { expectMetered } from './metered.js';

const running = machine();
const openai = (plan?: string) => openaiClient(running(), { plan });
const model = 'gpt-6-luna';
const questions = [
  { type: 'predicate' as const, name: 'late', instructions: 'The parcel is late.' },
  {
    type: 'choice' as const,
    name: 'mood',
    instructions: 'The mood.',
    choices: [{ value: 'calm' }, { value: 'cross' }],
  },
  { type: 'score' as const, instructions: 'How urgent it is.', levels: [{ label: 'not' }, { label: 'very' }] },
];
const ask = { model, input: 'Where is my parcel?', questions };

test('questions are answered, and the input alone is billed', async () => {
  const decision = await openai('input=1000; cached=600; output=500').decisions.create(ask);
  expect(decision.answers).toMatchObject([
    { type: 'predicate', name: 'late', probability: 0.9 },
    { type: 'choice', name: 'mood', choice: 'calm' },
    { type: 'score', name: null, confidence: 0.9 },
  ]);
  expect(decision.usage).toMatchObject({ input_tokens: 1000, output_tokens: 500 });
  const [record] = await running().take(1);
  expect(record).toMatchObject({ providerName: 'openai', path: '/v1/decisions', responseModel: model });
  expect(record?.usage).toEqual({ inputTokens: 1000 });
  expect(record?.rawUsage).toMatchObject({ output_tokens: 500, input_tokens_details: { cached_tokens: 600 } });
  expect(record?.cost?.costNanoUsd).toBe(100_000);
  const bill = running().simulator.billed.at(-1);
  expect(bill?.lines).toEqual([{ type: 'input_tokens_decisions', quantity: 1000, usd: 0.0001 }]);
  expectMetered(record, bill);
});

test('above 272,000 tokens they cost twice as much', async () => {
  for (const [input, nanoUsd] of [
    [272_000, 27_200_000],
    [272_001, 54_400_200],
  ] as const) {
    await openai(`input=${input}`).decisions.create(ask);
    const [record] = await running().take(1);
    expect(record?.cost?.costNanoUsd).toBe(nanoUsd);
    expectMetered(record, running().simulator.billed.at(-1));
  }
});

test('a refusal is an answer like any other', async () => {
  const decision = await openai('refuse=1').decisions.create(ask);
  expect(decision.answers.map(({ type }) => type)).toEqual(['refusal', 'refusal', 'refusal']);
  const [record] = await running().take(1);
  expect(record).toMatchObject({ outcome: 'complete', standing: 'measured' });
});
