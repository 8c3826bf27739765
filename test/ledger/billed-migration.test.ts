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
const KEYS = 'provider_name, model, tool, project_id, key_id';
const whole = (names: string, type: string) =>
  names
    .split(', ')
    .map((name) => `${name} ${type} NOT NULL`)
    .join(', ');
const DAY = new Date(2026, 8, 21).getTime();
const NEXT_DAY = new Date(2026, 8, 22).getTime();
const AT = DAY + 3_600_000;
const BUCKET = Math.floor(AT / 900_000) * 900_000;
const open = (file: string) => openStore(file, { onSetAside() {}, onProblem() {} });

/** A file as Meshbar wrote it before there were bills: a day that was summed, of one exchange that was cut. */
function writeVersion3(file: string): void {
  const db = new DatabaseSync(file);
  const stale = (change: string, row: string) => `
    CREATE TRIGGER day_is_stale_after_${change.toLowerCase()} AFTER ${change} ON rollups BEGIN
      DELETE FROM day_spans WHERE ends > ${row}.bucket AND starts =
        (SELECT MAX(starts) FROM day_spans WHERE starts <= ${row}.bucket);
    END;`;
  db.exec(`
    CREATE TABLE exchanges (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, provider_name TEXT NOT NULL,
      project_id TEXT NOT NULL, tool TEXT NOT NULL, model TEXT NOT NULL, outcome TEXT NOT NULL, standing TEXT NOT NULL,
      input_tokens INTEGER, output_tokens INTEGER, cache_read_input_tokens INTEGER, cache_creation_input_tokens INTEGER,
      reasoning_output_tokens INTEGER, cost_nano_usd INTEGER, surcharge_nano_usd INTEGER, price_list_version TEXT,
      record TEXT NOT NULL, key_id TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX exchanges_by_start ON exchanges (started_at);
    CREATE TABLE rollups (
      bucket INTEGER NOT NULL, ${whole(KEYS, 'TEXT')}, ${whole(SUMS, 'INTEGER')}, PRIMARY KEY (bucket, ${KEYS})
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE day_spans (starts INTEGER PRIMARY KEY, ends INTEGER NOT NULL) STRICT;
    CREATE TABLE day_rollups (
      starts INTEGER NOT NULL, ${whole(KEYS, 'TEXT')}, ${whole(SUMS, 'INTEGER')}, PRIMARY KEY (starts, ${KEYS})
    ) STRICT, WITHOUT ROWID;
    ${stale('INSERT', 'NEW')}${stale('UPDATE', 'NEW')}${stale('DELETE', 'OLD')}
    CREATE INDEX exchanges_by_kind ON exchanges (tool, model, outcome, started_at);
    CREATE INDEX exchanges_unpriced ON exchanges (started_at) WHERE standing = 'unpriced';
    CREATE TABLE pruned (before INTEGER NOT NULL) STRICT;
    INSERT INTO pruned VALUES (0);
    PRAGMA user_version = 3;
  `);
  const record = exchangeRecord(1, { startedAt: AT, usageStanding: 'partial', outcome: 'interrupted' });
  db.prepare(
    `INSERT INTO exchanges VALUES
       (1, ?, ?, 'openai', 'prj_1', 'curl', 'gpt-5.4-mini', 'interrupted', 'partial', 7, 3, 0, 0, 0, 70, 3, '1', ?, '')`,
  ).run(record.id, record.startedAt, JSON.stringify(record));
  const row = "'openai', 'gpt-5.4-mini', 'curl', 'prj_1', '', 1, 0, 1, 7, 3, 0, 0, 0, 70, 3, 0, 1, 0, 0, 0";
  db.exec(`INSERT INTO rollups (bucket, ${KEYS}, ${SUMS}) VALUES (${BUCKET}, ${row});
    INSERT INTO day_rollups (starts, ${KEYS}, ${SUMS}) VALUES (${DAY}, ${row});
    INSERT INTO day_spans VALUES (${DAY}, ${NEXT_DAY});`);
  db.close();
}

test('what was recorded before there were bills stays, in every layer', () => {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  writeVersion3(file);
  const store = open(file);
  const asBefore = { exchanges: 1, interrupted: 1, inputTokens: 7, costNanoUsd: 70, surchargeNanoUsd: 3 };
  const standings = { measured: 0, billed: 0, partial: 1, unpriced: 0, unmetered: 0, none: 0 };
  expect(store.totals({})).toMatchObject({ ...asBefore, standings });
  expect(store.breakdown({ by: 'day' })).toMatchObject([{ ...asBefore, standings, key: '2026-09-21' }]);
  // It carried no label: nobody can be asked about it.
  expect(store.unsure({ limit: 9 })).toEqual([]);
  store.close();
});

test('a bill takes a day that was summed out of its sums, and into them again', () => {
  const file = path.join(tempFolder(), 'ledger.sqlite');
  writeVersion3(file);
  const store = open(file);
  const cut = exchangeRecord(2, { startedAt: AT, usageStanding: 'partial', labelled: true });
  store.append([cut]);
  while (store.tidy({}));
  expect(store.settle({ label: cut.id, costNanoUsd: 9000, surchargeNanoUsd: 450 }, { dryRun: false })).toBeDefined();
  const [db, standings] = [new DatabaseSync(file), { billed: 1, partial: 1 }];
  expect(db.prepare('SELECT COUNT(*) AS n FROM day_spans').get()).toEqual({ n: 0 });
  expect(store.totals({})).toMatchObject({ costNanoUsd: 9070, surchargeNanoUsd: 453, standings });
  while (store.tidy({}));
  expect(db.prepare('SELECT cost_nano_usd, standing_billed FROM day_rollups').all()).toEqual([
    { cost_nano_usd: 9070, standing_billed: 1 },
  ]);
  expect(store.totals({})).toMatchObject({ costNanoUsd: 9070, surchargeNanoUsd: 453, standings });
  db.close();
  store.close();
});

test('a new file has the same columns, indexes and triggers as one that has come all the way', () => {
  const [old, fresh] = ['old', 'fresh'].map((name) => path.join(tempFolder(), name)) as [string, string];
  writeVersion3(old);
  const shapeOf = (file: string) => {
    open(file).close();
    const db = new DatabaseSync(file);
    const names = db.prepare("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all();
    const columns = ['exchanges', 'rollups', 'day_rollups', 'day_spans'].map((table) =>
      db.prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)').all(table),
    );
    db.close();
    return { names, columns };
  };
  expect(shapeOf(fresh)).toEqual(shapeOf(old));
});
