import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type LedgerStore, openStore } from '../../src/ledger/store.js';
import { pricingOf } from '../../src/pricing/pricing.js';
import { localDayOf, localDayStart } from '../../src/shared/calendar.js';
import { modelOf } from '../../src/shared/totals.js';
import type { ExchangeRecord, PricedExchange, UsageQuery, UsageTotals } from '../../src/shared/usage.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { totalsByHand } from '../helpers/totals-by-hand.js';

function tidy(store: LedgerStore): void {
  while (store.tidy({}));
}

const quiet = { onSetAside() {}, onProblem() {} };
const QUARTER = 15 * 60 * 1000;
const START = Date.parse('2026-10-24T20:00:00Z');

/** Around the end of daylight saving time in Europe, and dense enough to share quarters of an hour. */
const anyRecord: fc.Arbitrary<Partial<ExchangeRecord>> = fc.record({
  startedAt: fc.oneof(
    fc.nat(6 * QUARTER).map((ms) => START + ms),
    fc.nat(200).map((quarters) => START + quarters * QUARTER),
  ),
  providerName: fc.constantFrom('openai', 'anthropic'),
  projectId: fc.constantFrom('prj_1', 'prj_2', undefined),
  keyId: fc.constantFrom('key_aaaaaaaa', 'key_bbbbbbbb', undefined),
  tool: fc.constantFrom('curl', 'Codex'),
  responseModel: fc.constantFrom('gpt-5.4-mini', 'claude-opus-5', 'gpt-unknown', undefined),
  outcome: fc.constantFrom('complete', 'failed', 'interrupted'),
  usageStanding: fc.constantFrom('measured', 'partial', 'unmetered', 'none'),
  usage: fc.oneof(
    fc.constant(undefined),
    fc.record({ inputTokens: fc.nat(5000), outputTokens: fc.nat(500), cacheReadInputTokens: fc.nat(100) }),
  ),
});
const anyMoment = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: -QUARTER, max: 8 * QUARTER }).map((ms) => START + ms),
  fc.integer({ min: -2, max: 60 }).map((quarters) => START + quarters * QUARTER),
);
/** From a moment to another, or to one soon after: often within one quarter of an hour. */
const anyRange = fc
  .tuple(anyMoment, anyMoment, fc.option(fc.nat(QUARTER)))
  .map(([since, until, length]) => ({ since, until: since === undefined || length === null ? until : since + length }));
const anyFilter: fc.Arbitrary<UsageQuery> = fc.record(
  {
    providerName: fc.constantFrom('openai', 'anthropic'),
    model: fc.constantFrom('gpt-5.4-mini', 'claude-opus-5', 'nothing'),
    tool: fc.constantFrom('curl', 'Codex'),
    projectId: fc.constantFrom('prj_1', 'prj_2'),
    keyId: fc.constantFrom('key_aaaaaaaa', ''),
  },
  { requiredKeys: [] },
);
const anyQuery: fc.Arbitrary<UsageQuery> = fc
  .tuple(anyRange, anyFilter)
  .map(([range, filter]) => ({ ...range, ...filter }));

function matching(records: readonly PricedExchange[], query: UsageQuery): PricedExchange[] {
  return records.filter(
    (record) =>
      record.startedAt >= (query.since ?? 0) &&
      record.startedAt < (query.until ?? Number.POSITIVE_INFINITY) &&
      [undefined, record.providerName].includes(query.providerName) &&
      [undefined, modelOf(record)].includes(query.model) &&
      [undefined, record.tool].includes(query.tool) &&
      [undefined, record.projectId].includes(query.projectId) &&
      [undefined, record.keyId ?? ''].includes(query.keyId),
  );
}

function recount(
  records: readonly PricedExchange[],
  keyOf: (record: PricedExchange) => string,
): Record<string, UsageTotals> {
  const keys = new Set(records.map(keyOf));
  return Object.fromEntries(
    [...keys].map((key) => [key, totalsByHand(records.filter((record) => keyOf(record) === key))]),
  );
}

function byKey(
  rows: readonly (UsageTotals & { key: string; at?: number; providerName?: string })[],
): Record<string, UsageTotals> {
  return Object.fromEntries(
    rows.map(({ key, at, providerName, ...totals }) => [
      [at, providerName, key].filter((part) => part !== undefined).join(' '),
      totals,
    ]),
  );
}

describe('what the ledger says', () => {
  it('is what counting every exchange gives', () => {
    const folder = tempFolder();
    let file = 0;
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 40 }),
        fc.array(anyQuery, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (fields, queries, isTidied) => {
          file += 1;
          const records = fields.map((some, n) => exchangeRecord(n, some));
          const store = openStore(path.join(folder, `${file}.sqlite`), quiet);
          store.append(records.slice(0, 25));
          store.append(records.slice(20, 30));
          if (isTidied) tidy(store);
          // Of days that were summed already.
          store.append(records.slice(28));
          const priced = records.map((record) => ({ ...record, ...pricingOf(record) }));
          for (const query of queries) {
            const counted = matching(priced, query);
            expect(store.totals(query)).toEqual(totalsByHand(counted));
            expect(byKey(store.breakdown({ ...query, by: 'model' }))).toEqual(
              recount(counted, (record) => `${record.providerName} ${modelOf(record)}`),
            );
            expect(byKey(store.breakdown({ ...query, by: 'tool' }))).toEqual(recount(counted, ({ tool }) => tool));
            expect(byKey(store.breakdown({ ...query, by: 'project' }))).toEqual(
              recount(counted, ({ projectId }) => projectId ?? ''),
            );
            expect(byKey(store.breakdown({ ...query, by: 'key' }))).toEqual(
              recount(counted, ({ keyId }) => keyId ?? ''),
            );
            expect(byKey(store.breakdown({ ...query, by: 'day' }))).toEqual(
              recount(counted, ({ startedAt }) => localDayOf(startedAt)),
            );
            const hour = 4 * QUARTER;
            expect(byKey(store.series({ ...query, by: 'tool', bucketMs: hour }))).toEqual(
              recount(counted, ({ startedAt, tool }) => `${Math.floor(startedAt / hour) * hour} ${tool}`),
            );
            expect(byKey(store.series({ ...query, by: 'model', bucketMs: 'day' }))).toEqual(
              recount(counted, (record) => `${localDayStart(record.startedAt)} ${modelOf(record)}`),
            );
            expect(byKey(store.series({ ...query, by: 'key', bucketMs: 'day' }))).toEqual(
              recount(counted, ({ startedAt, keyId }) => `${localDayStart(startedAt)} ${keyId ?? ''}`),
            );
            expect(byKey(store.series({ ...query, by: 'project', bucketMs: hour }))).toEqual(
              recount(counted, (record) => `${Math.floor(record.startedAt / hour) * hour} ${record.projectId ?? ''}`),
            );
            const newest = counted
              .map((record, n) => ({ record, n }))
              .sort((a, b) => b.record.startedAt - a.record.startedAt || b.n - a.n)
              .map(({ record }) => JSON.parse(JSON.stringify(record)));
            expect(store.latest({ ...query, limit: 7 })).toEqual(newest.slice(0, 7));
            const failed = newest.filter(({ outcome }) => outcome === 'failed');
            expect(store.latest({ ...query, outcome: 'failed', limit: 7 })).toEqual(failed.slice(0, 7));
          }
          store.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stays a number however large the sums are', () => {
    const store = openStore(path.join(tempFolder(), 'l.sqlite'), quiet);
    const usage = { inputTokens: 1e9, outputTokens: 1e9 };
    store.append(Array.from({ length: 200 }, (_, n) => exchangeRecord(n, { responseModel: 'gpt-5.4-pro', usage })));
    expect(store.totals({}).costNanoUsd).toBeGreaterThan(2 ** 53);
    expect(store.totals({}).inputTokens).toBe(200e9);
    store.close();
  });
});

describe.each([
  ['Europe/Berlin', '2026-03-29', 23, '2026-10-25', 25],
  ['America/New_York', '2026-03-08', 23, '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-04-05', 24.5],
  ['Asia/Kathmandu', '2026-06-01', 24, '2026-12-01', 24],
  ['UTC', '2026-06-01', 24, '2026-12-01', 24],
])('days in %s', (zone, shortDay, shortHours, longDay, longHours) => {
  it.each([
    [shortDay, shortHours],
    [longDay, longHours],
  ])('%s has %d hours, and each exchange falls on the day a calendar shows', (day, hours) => {
    vi.stubEnv('TZ', zone);
    try {
      const noon = new Date(`${day}T12:00:00`).getTime();
      const start = localDayStart(noon);
      const next = localDayStart(start + 36 * 3_600_000);
      expect((next - start) / 3_600_000).toBe(hours);
      const store = openStore(path.join(tempFolder(), 'l.sqlite'), quiet);
      const moments = [start - 1, start, start + 1, noon, next - 1, next];
      store.append(moments.map((startedAt, n) => exchangeRecord(n, { startedAt })));
      expect(store.breakdown({ by: 'day' }).map(({ key, exchanges }) => [key, exchanges])).toEqual([
        [localDayOf(start - 1), 1],
        [day, 4],
        [localDayOf(next), 1],
      ]);
      expect(store.series({ by: 'tool', bucketMs: 'day' }).map(({ at, exchanges }) => [at, exchanges])).toEqual([
        [localDayStart(start - 1), 1],
        [start, 4],
        [next, 1],
      ]);
      store.close();
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
