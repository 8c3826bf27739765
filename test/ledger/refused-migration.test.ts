import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../../src/ledger/store.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';

const DAY = new Date(2026, 8, 21).getTime();
const open = (file: string) => openStore(file, { onSetAside() {}, onProblem() {} });

/** Takes from a file what the last step of its schema added. */
function backToVersion4(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`
    DROP INDEX exchanges_unsettled;
    ${['missing_prices', 'list_nano_usd', 'possible_nano_usd'].map((name) => `ALTER TABLE exchanges DROP COLUMN ${name};`).join('')}
    ${['rollups', 'day_rollups'].map((table) => `ALTER TABLE ${table} DROP COLUMN standing_refused; ALTER TABLE ${table} DROP COLUMN possible_nano_usd;`).join('')}
    CREATE INDEX exchanges_unsettled ON exchanges (started_at)
      WHERE labelled = 1 AND standing IN ('partial', 'unpriced', 'unmetered');
    PRAGMA user_version = 4;
  `);
  db.close();
}

test('what was recorded before refusals stood apart stays, in every layer, and refusals are added', () => {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  const first = open(file);
  first.append([exchangeRecord(1, { startedAt: DAY + 1000 })]);
  while (first.tidy({}));
  const before = first.totals({});
  first.close();
  backToVersion4(file);

  const store = open(file);
  expect(store.totals({})).toEqual(before);
  expect(store.breakdown({ by: 'day' })).toMatchObject([{ ...before, key: '2026-09-21' }]);
  store.append([exchangeRecord(2, { startedAt: DAY + 2000, usageStanding: 'refused', labelled: true })]);
  while (store.tidy({}));
  const [refused] = store.unsure({ limit: 9 });
  expect([refused?.standing, refused?.cost]).toEqual(['refused', undefined]);
  const { costNanoUsd, surchargeNanoUsd } = before;
  expect(store.totals({})).toMatchObject({
    costNanoUsd,
    surchargeNanoUsd,
    possibleNanoUsd: refused?.possibleNanoUsd,
    standings: { measured: 1, refused: 1 },
  });
  store.close();
});

test('a bill says what a refusal cost, and takes it out of what is only possible', () => {
  const store = open(path.join(tempFolder(), 'ledger.sqlite'));
  const record = exchangeRecord(1, { usageStanding: 'refused', labelled: true });
  store.append([record]);
  store.settle({ label: record.id, costNanoUsd: 500, surchargeNanoUsd: 25 }, { dryRun: false });
  expect(store.totals({})).toMatchObject({
    ...{ costNanoUsd: 500, surchargeNanoUsd: 25, possibleNanoUsd: 0 },
    standings: { billed: 1, refused: 0 },
  });
  expect(store.latest({ limit: 1 })).toMatchObject([{ standing: 'billed', usageStanding: 'refused' }]);
  expect(store.latest({ limit: 1 })[0]).not.toHaveProperty('possibleNanoUsd');
  store.close();
});
