import { expect } from 'vitest';
import type { PricedExchange, TokenUsage } from '../../src/shared/usage.js';
import type { BilledExchange } from '../../src/simulator/billing.js';

/** Tokens of one exchange or of many; what nobody counted is 0 here. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheCreation: number;
}

const NONE: Tokens = { input: 0, output: 0, cacheRead: 0, cacheCreation: 0 };

export function tokensOf(usage: TokenUsage | undefined): Tokens {
  return {
    input: usage?.inputTokens ?? 0,
    output: usage?.outputTokens ?? 0,
    cacheRead: usage?.cacheReadInputTokens ?? 0,
    cacheCreation: usage?.cacheCreationInputTokens ?? 0,
  };
}

/** The lines of a bill count each token once, ours count the cached ones as sent too. */
export function tokensBilled(billed: BilledExchange | undefined): Tokens {
  let tokens = NONE;
  for (const { type, quantity } of billed?.lines ?? []) {
    const { input, output, cacheRead, cacheCreation } = tokens;
    const kind = type.replace(/_(?:flex|priority|ultrafast|long|decisions)(?=_|$)/g, '');
    if (/^(?:audio_|image_)?output_tokens$/.test(kind)) tokens = { ...tokens, output: output + quantity };
    else if (/^(?:cached|audio_cached|cache_read_input)_tokens$/.test(kind)) {
      tokens = { ...tokens, input: input + quantity, cacheRead: cacheRead + quantity };
    } else if (/^(?:cache_write|cache_creation(?:_1h)?_input)_tokens$/.test(kind)) {
      tokens = { ...tokens, input: input + quantity, cacheCreation: cacheCreation + quantity };
    } else if (/^(?:audio_|image_)?input_tokens$/.test(kind)) tokens = { ...tokens, input: input + quantity };
  }
  return tokens;
}

/** Expects a complete exchange with the tokens, the model and, within a millionth of a dollar, the cost that was billed. */
export function expectMetered(record: PricedExchange | undefined, billed: BilledExchange | undefined): void {
  if (!record || !billed) throw new Error(`No ${record ? 'bill' : 'record'}.`);
  expect(record).toMatchObject({
    providerName: billed.providerName,
    path: billed.path,
    outcome: 'complete',
    standing: 'measured',
    projectId: billed.projectId,
  });
  expect(record.responseModel ?? record.requestModel).toBe(billed.model);
  expect(tokensOf(record.usage)).toEqual(tokensBilled(billed));
  expect((record.cost?.costNanoUsd ?? 0) / 1e9).toBeCloseTo(billed.costUsd, 6);
  expect(record.cost?.costNanoUsd).toBeGreaterThan(0);
  expect((record.cost?.surchargeNanoUsd ?? 0) / 1e9).toBeCloseTo(billed.surchargeUsd, 6);
}
