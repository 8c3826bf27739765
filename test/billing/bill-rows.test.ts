import { expect, test } from 'vitest';
import { billFrom } from '../../src/billing/bill-rows.js';
import type { BilledUsage } from '../../src/shared/session.js';

function rows(...lines: readonly (readonly [type: string, totalUsd: number, quantity?: number])[]): BilledUsage[] {
  return lines.map(([type, totalUsd, quantity]) => {
    return { day: undefined, provider: 'openai', model: 'gpt-5.4', type, totalUsd, quantity };
  });
}

test('the surcharge stands apart, and each sum is rounded once', () => {
  const bill = billFrom(
    'x',
    rows(['input_tokens', 1.4e-9, 1], ['output_tokens', 1.4e-9, 1], ['llm_proxy_surcharge', 0.1 + 0.2]),
  );
  expect(bill).toMatchObject({ label: 'x', costNanoUsd: 3, surchargeNanoUsd: 300_000_000 });
});

test('without rows nothing was billed, or nothing yet: that is no bill of $0', () => {
  expect(billFrom('x', [])).toBeUndefined();
  expect(billFrom('x', rows(['input_tokens', 0, 5]))).toMatchObject({ costNanoUsd: 0, usage: { inputTokens: 5 } });
});

test('each type is counted once there, and in its total here', () => {
  const types = rows(
    ['input_tokens', 0, 100],
    ['cached_tokens', 0, 10],
    ['cache_write_tokens_flex', 0, 1],
    ['input_tokens_long', 0, 1000],
    ['output_tokens_priority_long', 0, 7],
  );
  expect(billFrom('x', types)?.usage).toEqual({
    inputTokens: 1111,
    cacheReadInputTokens: 10,
    cacheCreationInputTokens: 1,
    outputTokens: 7,
  });
  const anthropic = rows(
    ['input_tokens', 0, 1],
    ['cache_read_input_tokens', 0, 2],
    ['cache_creation_input_tokens', 0, 3],
    ['cache_creation_1h_input_tokens', 0, 4],
    ['output_tokens', 0, 5],
    ['llm_proxy_surcharge', 0],
  );
  expect(billFrom('x', anthropic)?.usage).toEqual({
    inputTokens: 10,
    cacheReadInputTokens: 2,
    cacheCreationInputTokens: 7,
    cacheCreation1hInputTokens: 4,
    outputTokens: 5,
  });
});

test.each([
  'input_tokens_decisions',
  'input_tokens_decisions_long',
  'input_tokens_ultrafast',
  'input_tokens_ultrafast_long',
])('%s counts as input (meshagent.md, section 4)', (type) => {
  expect(billFrom('x', rows([type, 1, 1000]))?.usage).toEqual({ inputTokens: 1000 });
});

test.each([
  ['tells no quantity', rows(['input_tokens', 1, 5], ['output_tokens', 1])],
  ['is of a type that nobody knows', rows(['input_tokens', 1, 5], ['thinking_minutes', 1, 2])],
  ['is the surcharge alone', rows(['llm_proxy_surcharge', 1])],
])('where a row %s, there are no counts, but the money counts', (_what, lines) => {
  const bill = billFrom('x', lines);
  expect(bill?.usage).toBeUndefined();
  expect((bill?.costNanoUsd ?? 0) + (bill?.surchargeNanoUsd ?? 0)).toBeGreaterThan(0);
});
