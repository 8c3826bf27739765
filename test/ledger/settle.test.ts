import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/ledger/store.js';
import type { ExchangeRecord } from '../../src/shared/usage.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { totalsByHand } from '../helpers/totals-by-hand.js';

const CUT: Partial<ExchangeRecord> = { usageStanding: 'partial', outcome: 'interrupted', labelled: true };
const WRITE = { dryRun: false };

function filled(records: readonly ExchangeRecord[]) {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  const store = openStore(file, { onSetAside() {}, onProblem() {} });
  onTestFinished(() => store.close());
  store.append(records);
  const all = () => ({
    totals: store.totals({}),
    models: store.breakdown({ by: 'model' }),
    latest: store.latest({ limit: 99 }),
  });
  /** The file's sums beside those of its records. */
  const sumsAgree = () => {
    expect(store.totals({})).toEqual(totalsByHand(store.latest({ limit: 99 })));
  };
  return { file, store, all, sumsAgree };
}

test.each([
  ['cut', CUT],
  ['unmetered', { usageStanding: 'unmetered', usage: undefined, labelled: true }],
  ['unpriced', { responseModel: 'gpt-unknown', requestModel: undefined, labelled: true }],
] as const)('what was %s costs what was billed, and its counts are the bill’s', (_what, fields) => {
  const [cut, other] = [exchangeRecord(1, fields), exchangeRecord(2)];
  const { store, all, sumsAgree } = filled([cut, other]);
  const before = all();
  const usage = { inputTokens: 2000, cacheReadInputTokens: 500, outputTokens: 700 };
  const bill = { label: cut.id, costNanoUsd: 123_456, surchargeNanoUsd: 6173, usage };
  expect(store.unsure({ limit: 9 }).map(({ id }) => id)).toEqual([cut.id]);
  expect(store.settle(bill, { dryRun: true })).toMatchObject({ after: { standing: 'billed' } });
  expect(all()).toEqual(before);
  store.settle(bill, WRITE);
  expect(store.latest({ limit: 9 })[1]).toEqual({
    ...cut,
    usage: { ...cut.usage, ...usage },
    usageStanding: 'billed',
    cost: { costNanoUsd: 123_456, surchargeNanoUsd: 6173 },
    standing: 'billed',
  });
  expect(store.totals({})).toMatchObject({
    inputTokens: 2000 + (other.usage?.inputTokens ?? 0),
    standings: { billed: 1, measured: 1, partial: 0, unmetered: 0, unpriced: 0 },
  });
  sumsAgree();
  // It is sure now: nothing is asked about it any more, and no other bill changes it.
  expect(store.unsure({ limit: 9 })).toEqual([]);
  expect(store.settle({ ...bill, costNanoUsd: 1 }, WRITE)).toBeUndefined();
});

test('a bill that tells no counts leaves those that were seen, and says that they are', () => {
  const cut = exchangeRecord(1, CUT);
  const { store, sumsAgree } = filled([cut]);
  store.settle({ label: cut.id, costNanoUsd: 5, surchargeNanoUsd: 0 }, WRITE);
  expect(store.latest({ limit: 1 })).toMatchObject([
    { usage: cut.usage, usageStanding: 'partial', standing: 'billed', cost: { costNanoUsd: 5 } },
  ]);
  sumsAgree();
});

test.each([
  ['measured', { labelled: true }],
  ['free', { usageStanding: 'none', labelled: true }],
  ['sent without a label of ours', { ...CUT, labelled: undefined }],
] as const)('what is %s is never settled', (_what, fields) => {
  const record = exchangeRecord(1, fields);
  const { store, all } = filled([record]);
  const before = all();
  expect(store.unsure({ limit: 9 })).toEqual([]);
  expect(store.settle({ label: record.id, costNanoUsd: 1, surchargeNanoUsd: 0 }, WRITE)).toBeUndefined();
  expect(all()).toEqual(before);
});

test('of the responses of a WebSocket, the one that is not sure costs what the bill has beyond the others', () => {
  const { id } = exchangeRecord(1);
  const sure = exchangeRecord(1);
  const last = exchangeRecord(2, { ...CUT, id: `${id}.2` });
  // Of another connection, whose label begins alike.
  const other = exchangeRecord(3, { ...CUT, id: `${id}0` });
  const { store, sumsAgree } = filled([sure, last, other]);
  const cost = store.latest({ limit: 9 }).find((record) => record.id === id)?.cost;
  const [costNanoUsd, surchargeNanoUsd] = [cost?.costNanoUsd ?? 0, cost?.surchargeNanoUsd ?? 0];
  // No more than the others: what it cost has not been booked.
  expect(store.settle({ label: id, costNanoUsd, surchargeNanoUsd }, WRITE)).toBeUndefined();
  const usage = { inputTokens: 9, outputTokens: 9 };
  const bill = { label: id, costNanoUsd: costNanoUsd + 4000, surchargeNanoUsd: surchargeNanoUsd + 200, usage };
  expect(store.settle(bill, WRITE)?.after).toEqual({
    ...last,
    cost: { costNanoUsd: 4000, surchargeNanoUsd: 200 },
    standing: 'billed',
  });
  expect(store.unsure({ limit: 9 }).map((record) => record.id)).toEqual([other.id]);
  sumsAgree();
});

test('two unsure responses of one WebSocket can’t be told apart by its bill', () => {
  const { id } = exchangeRecord(1);
  const { store, all } = filled([
    exchangeRecord(1, CUT),
    exchangeRecord(2, { usageStanding: 'unmetered', usage: undefined, id: `${id}.2` }),
  ]);
  const before = all();
  expect(store.settle({ label: id, costNanoUsd: 4_000_000, surchargeNanoUsd: 200_000 }, WRITE)).toBeUndefined();
  expect(all()).toEqual(before);
});

test('a record whose text is damaged keeps its connection from being settled, and no other', () => {
  const { id } = exchangeRecord(1);
  const [damaged, cut, fine] = [
    exchangeRecord(1),
    exchangeRecord(2, { ...CUT, id: `${id}.2` }),
    exchangeRecord(3, CUT),
  ];
  const { file, store } = filled([damaged, cut, fine]);
  const db = new DatabaseSync(file);
  db.exec(`UPDATE exchanges SET record = '{"id":' WHERE seq = 1`);
  db.close();
  const bill = { costNanoUsd: 4_000_000, surchargeNanoUsd: 200_000 };
  expect(store.settle({ ...bill, label: id }, WRITE)).toBeUndefined();
  expect(store.settle({ ...bill, label: fine.id }, WRITE)).toBeDefined();
});

test('they are found by time, oldest first, with the index that has no others', () => {
  const { file, store } = filled([3, 1, 2].map((n) => exchangeRecord(n, CUT)));
  const start = exchangeRecord(0).startedAt;
  const found = (query: object) => store.unsure({ limit: 9, ...query }).map(({ startedAt }) => startedAt - start);
  expect(found({})).toEqual([1, 2, 3]);
  expect(found({ since: start + 2 })).toEqual([2, 3]);
  expect(found({ until: start + 3, limit: 1 })).toEqual([1]);
  const db = new DatabaseSync(file);
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT * FROM exchanges WHERE labelled = 1
         AND standing IN ('partial', 'unpriced', 'unmetered', 'refused') AND started_at >= 0 ORDER BY started_at`,
    )
    .all();
  expect(JSON.stringify(plan)).toContain('exchanges_unsettled');
  db.close();
});
