import type { ExchangeRecord } from '../../src/shared/usage.js';

/** A metered exchange; `n` makes its id and its counts. */
export function exchangeRecord(n: number, fields: Partial<ExchangeRecord> = {}): ExchangeRecord {
  return {
    id: `ex_${String(n).padStart(9, '0')}`,
    startedAt: 1_790_000_000_000 + n,
    providerName: 'openai',
    projectId: 'prj_1',
    tool: 'curl',
    toolVersion: '8.7.1',
    method: 'POST',
    path: '/v1/responses',
    transport: 'http',
    streaming: false,
    status: 200,
    requestModel: 'gpt-5.4-mini',
    responseModel: 'gpt-5.4-mini',
    usage: { inputTokens: 1000 + n, cacheReadInputTokens: n % 1000, outputTokens: 10, reasoningOutputTokens: 3 },
    rawUsage: { input_tokens: 1000 + n, input_tokens_details: { cached_tokens: n % 1000 }, output_tokens: 10 },
    usageStanding: 'measured',
    timeToFirstChunkMs: 12.5,
    durationMs: 100.25,
    requestBytes: 200,
    responseBytes: 400,
    outcome: 'complete',
    ...fields,
  };
}
