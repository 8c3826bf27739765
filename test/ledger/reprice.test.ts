import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { repriceUnpriced } from '../../src/ledger/reprice.js';
import { openStore } from '../../src/ledger/store.js';
import type { ExchangeRecord, PricedExchange } from '../../src/shared/usage.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { priceExchange } from '../helpers/price-exchange.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { totalsByHand } from '../helpers/totals-by-hand.js';

/** A list that has learned of gpt-new since. */
function newerList(record: ExchangeRecord): PricedExchange {
  if (record.responseModel !== 'gpt-new') return priceExchange(record);
  const cost = { costNanoUsd: 1000, surchargeNanoUsd: 50, priceListVersion: 'newer' };
  return { ...record, cost, standing: record.usageStanding };
}

const HOUR = 3_600_000;
const START = 1_790_000_000_000;
const records = Array.from({ length: 1200 }, (_, n) =>
  exchangeRecord(n, {
    startedAt: START + n * HOUR,
    responseModel: ['gpt-new', 'gpt-5.4-mini', 'gpt-unknown'][n % 3],
    requestModel: undefined,
    usageStanding: n % 30 === 0 ? 'partial' : 'measured',
  }),
);

function filled() {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  const store = openStore(file, { onSetAside() {}, onProblem() {} });
  store.append(records);
  while (store.tidy({}));
  const all = () => [store.totals({}), store.breakdown({ by: 'model' }), store.breakdown({ by: 'day' })];
  return { file, store, all };
}

test('records that had no price have one, and every sum has it in it', () => {
  const { file, store, all } = filled();
  const before = all();
  const db = new DatabaseSync(file);
  const wanted = { unpriced: 800, priced: 400, costNanoUsd: 400_000, surchargeNanoUsd: 20_000 };
  const models = [{ model: 'gpt-new', exchanges: 400 }];
  expect(repriceUnpriced(db, newerList, { dryRun: true })).toEqual({ ...wanted, models });
  expect(all()).toEqual(before);
  expect(repriceUnpriced(db, newerList, { dryRun: false })).toEqual({ ...wanted, models });
  const totals = totalsByHand(records.map(newerList));
  expect(store.totals({})).toEqual(totals);
  expect(totals.standings).toMatchObject({ unpriced: 400, partial: 40 });
  expect(store.breakdown({ by: 'day' }).reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)).toBe(
    totals.costNanoUsd,
  );
  const latest = store.latest({ limit: 2000, model: 'gpt-new' });
  expect(new Set(latest.map(({ cost }) => cost?.priceListVersion))).toEqual(new Set(['newer']));
  // What had a price keeps it, and there is nothing left to do.
  expect(repriceUnpriced(db, newerList, { dryRun: false })).toMatchObject({ unpriced: 400, priced: 0 });
  while (store.tidy({}));
  expect(store.totals({})).toEqual(totals);
  db.close();
  store.close();
});

test('with the list that did not know them nothing changes', () => {
  const { store, all } = filled();
  const before = all();
  expect(store.reprice({ dryRun: false })).toMatchObject({ unpriced: 800, priced: 0, models: [] });
  expect(all()).toEqual(before);
  store.close();
});

test('a record whose text is damaged stays unpriced, and keeps no other from its price', () => {
  const { file, store } = filled();
  const db = new DatabaseSync(file);
  db.exec(`UPDATE exchanges SET record = '{"id":' WHERE seq = 1`);
  expect(repriceUnpriced(db, newerList, { dryRun: false })).toMatchObject({ unpriced: 800, priced: 399 });
  expect(store.totals({}).standings).toMatchObject({ unpriced: 401, partial: 39 });
  db.close();
  store.close();
});
