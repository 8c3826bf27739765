import { expect, test } from 'vitest';
import { latestExchanges } from '../../../src/main/usage/latest.js';
import type { PricedExchange } from '../../../src/shared/usage.js';

/** As the ledger answers: the newest first, those that began before `until`. */
function ledgerOf(records: readonly PricedExchange[]) {
  const newestFirst = records.toReversed();
  return {
    latest: async ({ limit, until = Number.POSITIVE_INFINITY }: { limit: number; until?: number }) =>
      newestFirst.filter(({ startedAt }) => startedAt < until).slice(0, limit),
  };
}

const record = (id: number, startedAt: number, outcome: string) =>
  ({ id: `${id}`, startedAt, outcome }) as unknown as PricedExchange;

test('those of an outcome are found behind many others', async () => {
  const records = Array.from({ length: 1800 }, (_, i) => record(i, i, i % 600 === 0 ? 'failed' : 'complete'));
  const found = await latestExchanges(ledgerOf(records), { limit: 500, outcome: 'failed' });
  expect(found.map(({ id }) => id)).toEqual(['1200', '600', '0']);
  const two = await latestExchanges(ledgerOf(records), { limit: 2, outcome: 'failed' });
  expect(two.map(({ id }) => id)).toEqual(['1200', '600']);
});

test('records of one millisecond at the edge of a page are neither lost nor doubled', async () => {
  const records = Array.from({ length: 700 }, (_, i) => record(i, i < 210 ? 5 : i, 'complete'));
  const found = await latestExchanges(ledgerOf(records), { limit: 500, outcome: 'complete' });
  expect(found).toHaveLength(500);
  const rare = records.map((one, i) => (i < 210 ? one : { ...one, outcome: 'failed' as const }));
  const old = await latestExchanges(ledgerOf(rare), { limit: 500, outcome: 'complete' });
  expect(new Set(old.map(({ id }) => id)).size).toBe(210);
});

test('without an outcome it is one question', async () => {
  expect(await latestExchanges(ledgerOf([record(1, 1, 'failed')]), { limit: 5 })).toHaveLength(1);
});

test('an outcome is looked for in the range that was asked for', async () => {
  const records = Array.from({ length: 1200 }, (_, i) => record(i, i, i % 100 === 0 ? 'failed' : 'complete'));
  const found = await latestExchanges(ledgerOf(records), { limit: 3, outcome: 'failed', until: 301 });
  expect(found.map(({ id }) => id)).toEqual(['300', '200', '100']);
});
