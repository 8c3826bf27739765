import { describe, expect, it } from 'vitest';
import { endpointOf } from '../../src/providers/registry.js';
import { ANTHROPIC_EXCHANGES, type FixtureExchange, OPENAI_EXCHANGES } from '../fixtures/exchanges.js';
import { meterExchange, timeless } from '../helpers/meter-exchange.js';

/** What each form of answer leaves behind. */

describe.each([
  ['openai', OPENAI_EXCHANGES],
  ['anthropic', ANTHROPIC_EXCHANGES],
] as const)('%s', (providerName, exchanges: readonly FixtureExchange[]) => {
  it.each(exchanges.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, { exchange, record }) => {
    const { rawUsage, ...got } = timeless(await meterExchange(exchange));
    const known = Object.fromEntries(Object.entries(got).filter(([, value]) => value !== undefined));
    expect(known).toEqual({
      id: 'ex_1',
      startedAt: 1_790_000_000_000,
      providerName,
      projectId: 'prj_1',
      tool: 'Unknown',
      method: exchange.method ?? 'POST',
      path: exchange.path,
      transport: 'http',
      streaming: false,
      status: exchange.status ?? 200,
      requestBytes: expect.any(Number),
      responseBytes: expect.any(Number),
      ...(endpointOf(providerName, exchange.path)?.hasTiers ? { requestServiceTier: 'default' } : {}),
      ...record,
    });
    expect(rawUsage === undefined).toBe(record.usage === undefined || record.usage.inputCharacters === 8);
  });
});
