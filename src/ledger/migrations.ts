import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.js';

/** Columns as the first schema had them. Steps name their own: what they made must not change with columns.ts. */
const FIRST_COUNTS = [
  'input_tokens',
  'output_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'reasoning_output_tokens',
  'cost_nano_usd',
  'surcharge_nano_usd',
];
const FIRST_STANDINGS = ['measured', 'partial', 'unpriced', 'unmetered', 'none'].map((name) => `standing_${name}`);
const FIRST_SUMS = ['exchanges', 'failed', 'interrupted', ...FIRST_COUNTS, ...FIRST_STANDINGS];
const DAY_KEYS = ['provider_name', 'model', 'tool', 'project_id', 'key_id'];

/** One entry for each schema version; entries are never changed once released. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE exchanges (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started_at INTEGER NOT NULL,
    provider_name TEXT NOT NULL,
    project_id TEXT NOT NULL,
    tool TEXT NOT NULL,
    model TEXT NOT NULL,
    outcome TEXT NOT NULL,
    standing TEXT NOT NULL,
    ${FIRST_COUNTS.map((name) => `${name} INTEGER`).join(',\n    ')},
    price_list_version TEXT,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exchanges_by_start ON exchanges (started_at);
  CREATE TABLE rollups (
    bucket INTEGER NOT NULL,
    provider_name TEXT NOT NULL,
    model TEXT NOT NULL,
    tool TEXT NOT NULL,
    project_id TEXT NOT NULL,
    ${FIRST_SUMS.map((name) => `${name} INTEGER NOT NULL`).join(',\n    ')},
    PRIMARY KEY (bucket, provider_name, model, tool, project_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // Named local keys: a dimension more. What was recorded before was the shared key's.
  `
  ALTER TABLE exchanges ADD COLUMN key_id TEXT NOT NULL DEFAULT '';
  ALTER TABLE rollups RENAME TO rollups_before;
  CREATE TABLE rollups (
    bucket INTEGER NOT NULL,
    provider_name TEXT NOT NULL,
    model TEXT NOT NULL,
    tool TEXT NOT NULL,
    project_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    ${FIRST_SUMS.map((name) => `${name} INTEGER NOT NULL`).join(',\n    ')},
    PRIMARY KEY (bucket, provider_name, model, tool, project_id, key_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO rollups
    SELECT bucket, provider_name, model, tool, project_id, '', ${FIRST_SUMS.join(', ')} FROM rollups_before;
  DROP TABLE rollups_before;
  `,
  // Sums of whole days, made of the rollups when a day is over, so that a year is hundreds of rows and not a million.
  // Only days that stand in day_spans count: a change to a rollup takes its day out of there, and the day is summed again.
  `
  CREATE TABLE day_spans (
    starts INTEGER PRIMARY KEY,
    ends INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE day_rollups (
    starts INTEGER NOT NULL,
    ${DAY_KEYS.map((name) => `${name} TEXT NOT NULL`).join(',\n    ')},
    ${FIRST_SUMS.map((name) => `${name} INTEGER NOT NULL`).join(',\n    ')},
    PRIMARY KEY (starts, ${DAY_KEYS.join(', ')})
  ) STRICT, WITHOUT ROWID;
  ${['INSERT', 'UPDATE', 'DELETE']
    .map(
      (change) => `
  CREATE TRIGGER day_is_stale_after_${change.toLowerCase()} AFTER ${change} ON rollups BEGIN
    DELETE FROM day_spans WHERE ends > ${change === 'DELETE' ? 'OLD' : 'NEW'}.bucket AND starts =
      (SELECT MAX(starts) FROM day_spans WHERE starts <= ${change === 'DELETE' ? 'OLD' : 'NEW'}.bucket);
  END;`,
    )
    .join('')}
  CREATE INDEX exchanges_by_kind ON exchanges (tool, model, outcome, started_at);
  CREATE INDEX exchanges_unpriced ON exchanges (started_at) WHERE standing = 'unpriced';
  -- Single records from before this moment, a whole quarter of an hour, are gone; their sums are not.
  CREATE TABLE pruned (before INTEGER NOT NULL) STRICT;
  INSERT INTO pruned VALUES (0);
  `,
  // Exchanges that carried a label can be settled by their bill; what was summed before has none of those.
  `
  ALTER TABLE exchanges ADD COLUMN labelled INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE rollups ADD COLUMN standing_billed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE day_rollups ADD COLUMN standing_billed INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX exchanges_unsettled ON exchanges (started_at)
    WHERE labelled = 1 AND standing IN ('partial', 'unpriced', 'unmetered');
  `,
  // What has no price, what the public list says, and what was refused and may be billed. A bill settles that, too.
  `
  ALTER TABLE exchanges ADD COLUMN missing_prices TEXT;
  ALTER TABLE exchanges ADD COLUMN list_nano_usd INTEGER;
  ALTER TABLE exchanges ADD COLUMN possible_nano_usd INTEGER;
  ${['rollups', 'day_rollups']
    .map(
      (table) => `
  ALTER TABLE ${table} ADD COLUMN standing_refused INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE ${table} ADD COLUMN possible_nano_usd INTEGER NOT NULL DEFAULT 0;`,
    )
    .join('')}
  DROP INDEX exchanges_unsettled;
  CREATE INDEX exchanges_unsettled ON exchanges (started_at)
    WHERE labelled = 1 AND standing IN ('partial', 'unpriced', 'unmetered', 'refused');
  `,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Thrown for a file that a newer Meshbar has written. */
export class NewerSchemaError extends Error {}

/** 0 for a file in which nothing has been made yet. */
export function schemaVersionOf(db: DatabaseSync): number {
  return Number((db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
}

/** Throws NewerSchemaError if the file is one; changes nothing. */
export function checkVersion(db: DatabaseSync): number {
  const version = schemaVersionOf(db);
  if (version > SCHEMA_VERSION) throw new NewerSchemaError(`schema ${version}`);
  return version;
}

/**
 * Brings the file's schema up to date, each step in a transaction of its own; one that is needs no lock. A new file gets
 * all steps in one: each transaction waits for the disk.
 */
export function migrate(db: DatabaseSync, steps: readonly string[] = MIGRATIONS): void {
  while (checkVersion(db) < steps.length) {
    inTransaction(db, () => {
      // Another process may be migrating the same file: look again now that the lock is ours.
      const version = checkVersion(db);
      const pending = version === 0 ? steps : steps.slice(version, version + 1);
      if (pending.length === 0) return;
      for (const step of pending) db.exec(step);
      db.exec(`PRAGMA user_version = ${version + pending.length}`);
    });
  }
}
