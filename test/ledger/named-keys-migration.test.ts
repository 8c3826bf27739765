import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../../src/ledger/store.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { tempFolder } from '../helpers/temp-folder.js';

const SUMS = [
  'exchanges, failed, interrupted, input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens',
  'reasoning_output_tokens, cost_nano_usd, surcharge_nano_usd',
  'standing_measured, standing_partial, standing_unpriced, standing_unmetered, standing_none',
].join(', ');

/** A file as Meshbar wrote it before there were named keys: one exchange, and the sum of another that is gone. */
function writeVersion1(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`
    CREATE TABLE exchanges (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, provider_name TEXT NOT NULL,
      project_id TEXT NOT NULL, tool TEXT NOT NULL, model TEXT NOT NULL, outcome TEXT NOT NULL, standing TEXT NOT NULL,
      input_tokens INTEGER, output_tokens INTEGER, cache_read_input_tokens INTEGER, cache_creation_input_tokens INTEGER,
      reasoning_output_tokens INTEGER, cost_nano_usd INTEGER, surcharge_nano_usd INTEGER, price_list_version TEXT,
      record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX exchanges_by_start ON exchanges (started_at);
    CREATE TABLE rollups (
      bucket INTEGER NOT NULL, provider_name TEXT NOT NULL, model TEXT NOT NULL, tool TEXT NOT NULL,
      project_id TEXT NOT NULL, ${SUMS.split(', ')
        .map((name) => `${name} INTEGER NOT NULL`)
        .join(', ')},
      PRIMARY KEY (bucket, provider_name, model, tool, project_id)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;
  `);
  const record = exchangeRecord(1);
  db.prepare(
    `INSERT INTO exchanges VALUES
       (1, ?, ?, 'openai', 'prj_1', 'curl', 'gpt-5.4-mini', 'complete', 'measured', 7, 3, 0, 0, 0, 70, 3, '1', ?)`,
  ).run(record.id, record.startedAt, JSON.stringify(record));
  db.exec(`INSERT INTO rollups (bucket, provider_name, model, tool, project_id, ${SUMS})
    VALUES (900000, 'openai', 'gpt-5.4-mini', 'curl', 'prj_1', 1, 0, 0, 7, 3, 0, 0, 0, 70, 3, 1, 0, 0, 0, 0)`);
  db.close();
}

test('what was recorded before there were named keys stays, as the shared key’s', () => {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  writeVersion1(file);
  const store = openStore(file, { onSetAside() {}, onProblem() {} });
  store.append([exchangeRecord(2, { startedAt: 900_001, keyId: 'key_abcdefgh' })]);
  expect(store.breakdown({ by: 'key', until: 1_800_000 })).toMatchObject([
    { key: 'key_abcdefgh', exchanges: 1 },
    { key: '', exchanges: 1, inputTokens: 7, costNanoUsd: 70 },
  ]);
  expect(store.latest({ limit: 9 }).map(({ id, keyId }) => [id, keyId])).toEqual([
    ['ex_000000001', undefined],
    ['ex_000000002', 'key_abcdefgh'],
  ]);
  store.close();
});
