import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { MeshbarError } from '../../shared/errors.js';
import {
  type ExchangeRecord,
  type PricedExchange,
  STANDINGS,
  type Standing,
  type UsageDimension,
  type UsageGroup,
  type UsagePoint,
  type UsageQuery,
  type UsageTotals,
} from '../../shared/usage.js';
import { priceExchange } from '../meter/pricing.js';
import { localDayOf, localDayStarts } from './calendar.js';
import type { LatestQuery, SeriesQuery } from './ledger-api.js';
import { migrate, NewerSchemaError, ROLLUP_MS, ROLLUP_SUMS, SCHEMA_VERSION, schemaVersionOf } from './migrations.js';
import { addTotals, EMPTY_TOTALS, modelOf, totalsOf } from './snapshot.js';

/** The ledger's file and its statements. Synchronous: it lives in the ledger's own thread. */
export interface LedgerStore {
  readonly setAside: string | undefined;
  /** Prices and writes a batch in one transaction; gives it back priced. */
  append(records: readonly ExchangeRecord[]): PricedExchange[];
  totals(query: UsageQuery): UsageTotals;
  breakdown(query: UsageQuery & { by: UsageDimension }): UsageGroup[];
  series(query: SeriesQuery): UsagePoint[];
  latest(query: LatestQuery): PricedExchange[];
  close(): void;
}

/**
 * Opens the file, or begins one. A damaged file is set aside under another name; one written by a newer Meshbar, or one
 * that can't be written, is an error (ledger_unavailable) and stays as it is.
 */
export function openStore(file: string, now: () => number = Date.now): LedgerStore {
  try {
    prepareFile(file);
    return createStore(openDatabase(file), undefined);
  } catch (error) {
    if (error instanceof NewerSchemaError) {
      throw new MeshbarError('ledger_unavailable', `The usage ledger ${file} was written by a newer Meshbar.`, {
        hint: 'Update Meshbar, or set MESHBAR_HOME to another folder.',
      });
    }
    if (!isDamage(error)) {
      throw new MeshbarError('ledger_unavailable', `The usage ledger ${file} can't be opened (${codeOf(error)}).`, {
        hint: 'Check that its folder can be written, or set MESHBAR_HOME to another one.',
        cause: error,
      });
    }
    const setAside = `${file}.damaged-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, setAside + suffix);
    }
    prepareFile(file);
    return createStore(openDatabase(file), setAside);
  }
}

export type LedgerReader = Pick<LedgerStore, 'totals' | 'breakdown' | 'series' | 'latest' | 'close'>;

/**
 * Opens the file to read it alone, while others write or not: nothing is made, changed or set aside. Undefined where
 * there is no ledger yet; throws MeshbarError (ledger_unavailable) for one that can't be read.
 */
export function openReader(file: string): LedgerReader | undefined {
  if (!existsSync(file)) return undefined;
  // A reader of a WAL file leaves files beside it, unless it may take the file for unchanging: without a log nobody writes.
  const url = pathToFileURL(file);
  if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1');
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(url, { readOnly: true });
    db.exec('PRAGMA busy_timeout = 5000');
    const version = schemaVersionOf(db);
    if (version === SCHEMA_VERSION) return createStore(db, undefined);
    db.close();
    if (version === 0) return undefined;
  } catch (error) {
    db?.close();
    throw new MeshbarError('ledger_unavailable', `The usage ledger ${file} can't be read (${codeOf(error)}).`, {
      hint: isDamage(error)
        ? 'It is damaged: the next proxy sets it aside and begins a new one.'
        : 'Check the permissions of the file and its folder.',
      cause: error,
    });
  }
  throw new MeshbarError('ledger_unavailable', `The usage ledger ${file} was written by another version of Meshbar.`, {
    hint: 'Start the newest one once, or set MESHBAR_HOME to another folder.',
  });
}

function prepareFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Which models and tools somebody uses is nobody else's business.
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 });
  else chmodSync(file, 0o600);
}

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    // App and terminal may write the same file: wait for the other's transaction.
    db.exec('PRAGMA busy_timeout = 5000');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = NORMAL');
    db.exec('PRAGMA cache_size = -4096');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
function isDamage(error: unknown): boolean {
  const errcode = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return errcode === 11 || errcode === 26;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'error';
}

type Row = Record<string, number | string | null>;

const SUM_LIST = ROLLUP_SUMS.map((name) => `SUM(${name}) AS ${name}`).join(', ');

function createStore(db: DatabaseSync, setAside: string | undefined): LedgerStore {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO exchanges (id, started_at, provider_name, project_id, tool, model, outcome, standing,
       cost_nano_usd, surcharge_nano_usd, price_list_version, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const rollUp = db.prepare(
    `INSERT INTO rollups (bucket, provider_name, model, tool, project_id, ${ROLLUP_SUMS.join(', ')})
     VALUES (?, ?, ?, ?, ?, ${ROLLUP_SUMS.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${ROLLUP_SUMS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      if (statements.size > 100) statements.clear();
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };

  function append(records: readonly ExchangeRecord[]): PricedExchange[] {
    const priced = records.map(priceExchange);
    const rollups = new Map<string, { key: (string | number)[]; totals: UsageTotals }>();
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const record of priced) {
        const { cost, standing, ...plain } = record;
        const model = modelOf(record);
        const { changes } = insert.run(
          record.id,
          record.startedAt,
          record.providerName,
          record.projectId ?? null,
          record.tool,
          model,
          record.outcome,
          standing,
          cost?.costNanoUsd ?? null,
          cost?.surchargeNanoUsd ?? null,
          cost?.priceListVersion ?? null,
          JSON.stringify(plain),
        );
        if (changes === 0) continue;
        const bucket = Math.floor(record.startedAt / ROLLUP_MS) * ROLLUP_MS;
        const key = [bucket, record.providerName, model, record.tool, record.projectId ?? ''];
        const name = key.join('\n');
        const before = rollups.get(name);
        const totals = totalsOf(record);
        if (before) before.totals = addTotals(before.totals, totals);
        else rollups.set(name, { key, totals });
      }
      for (const { key, totals } of rollups.values()) rollUp.run(...key, ...sumsOf(totals));
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
    return priced;
  }

  /**
   * Rows of sums for a range: whole quarters of an hour from the rollups, the ragged ends from the exchanges
   * themselves. `groupBy` are SQL columns that both tables have.
   */
  function sums(query: UsageQuery, groupBy: readonly string[]): Row[] {
    const since = query.since ?? 0;
    const until = query.until ?? Number.MAX_SAFE_INTEGER;
    const from = Math.ceil(since / ROLLUP_MS) * ROLLUP_MS;
    const to = until === Number.MAX_SAFE_INTEGER ? until : Math.floor(until / ROLLUP_MS) * ROLLUP_MS;
    const filter = filterOf(query);
    const group = groupBy.length === 0 ? '' : ` GROUP BY ${groupBy.join(', ')}`;
    const columns = [...groupBy, SUM_LIST].join(', ');
    const rows = prepared(`SELECT ${columns} FROM rollups WHERE bucket >= ? AND bucket < ?${filter.sql}${group}`).all(
      from,
      to,
      ...filter.values,
    ) as Row[];
    const edges: [number, number][] =
      from >= to
        ? [[since, until]]
        : [
            [since, from],
            [to, until],
          ];
    if (from >= to) rows.length = 0;
    for (const [start, end] of edges) {
      if (start >= end || end === Number.MAX_SAFE_INTEGER) continue;
      const raw = prepared(`SELECT * FROM exchanges WHERE started_at >= ? AND started_at < ?${filter.sql}`).all(
        start,
        end,
        ...filter.values,
      ) as Row[];
      for (const row of raw) {
        const record = recordOf(row);
        const bucket = Math.floor(record.startedAt / ROLLUP_MS) * ROLLUP_MS;
        rows.push({ ...row, bucket, project_id: record.projectId ?? '', ...rowOf(totalsOf(record)) });
      }
    }
    return rows.filter((row) => row.exchanges !== null);
  }

  return {
    setAside,
    append,
    totals: (query) => sums(query, []).map(totalsOfRow).reduce(addTotals, EMPTY_TOTALS),
    breakdown(query) {
      const columns = { model: ['provider_name', 'model'], tool: ['tool'], project: ['project_id'], day: ['bucket'] };
      const groups = new Map<string, UsageGroup>();
      for (const row of sums(query, columns[query.by])) {
        const key =
          query.by === 'day'
            ? localDayOf(Number(row.bucket))
            : String(row[query.by === 'project' ? 'project_id' : query.by]);
        const providerName =
          query.by === 'model' ? (String(row.provider_name) as UsageGroup['providerName']) : undefined;
        const name = `${providerName ?? ''}\n${key}`;
        const before = groups.get(name);
        const totals = addTotals(before ?? EMPTY_TOTALS, totalsOfRow(row));
        groups.set(name, { ...totals, key, ...(providerName ? { providerName } : {}) });
      }
      const rows = [...groups.values()];
      if (query.by === 'day') return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
      return rows.sort((a, b) => b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges);
    },
    series(query) {
      const points = new Map<string, UsagePoint>();
      const dayStarts = localDayStarts();
      for (const row of sums(query, ['bucket', query.by])) {
        const bucket = Number(row.bucket);
        const at = query.bucketMs === 'day' ? dayStarts(bucket) : Math.floor(bucket / query.bucketMs) * query.bucketMs;
        const key = String(row[query.by]);
        const name = `${at}\n${key}`;
        points.set(name, { ...addTotals(points.get(name) ?? EMPTY_TOTALS, totalsOfRow(row)), at, key });
      }
      return [...points.values()].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    },
    latest(query) {
      const filter = filterOf(query);
      const rows = prepared(
        `SELECT * FROM exchanges WHERE started_at >= ? AND started_at < ?${filter.sql} ORDER BY started_at DESC, seq DESC LIMIT ?`,
      ).all(query.since ?? 0, query.until ?? Number.MAX_SAFE_INTEGER, ...filter.values, query.limit) as Row[];
      return rows.map(recordOf);
    },
    close() {
      db.close();
    },
  };
}

function filterOf(query: UsageQuery): { sql: string; values: string[] } {
  const pairs: [string, string | undefined][] = [
    ['provider_name', query.providerName],
    ['model', query.model],
    ['tool', query.tool],
    ['project_id', query.projectId],
  ];
  const set = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { sql: set.map(([column]) => ` AND ${column} = ?`).join(''), values: set.map(([, value]) => value) };
}

function recordOf(row: Row): PricedExchange {
  const record = JSON.parse(String(row.record)) as ExchangeRecord;
  const standing = String(row.standing) as Standing;
  if (row.cost_nano_usd === null || row.cost_nano_usd === undefined) return { ...record, standing };
  return {
    ...record,
    standing,
    cost: {
      costNanoUsd: Number(row.cost_nano_usd),
      surchargeNanoUsd: Number(row.surcharge_nano_usd),
      priceListVersion: String(row.price_list_version),
    },
  };
}

function sumsOf(totals: UsageTotals): number[] {
  return [
    totals.exchanges,
    totals.failed,
    totals.interrupted,
    totals.inputTokens,
    totals.outputTokens,
    totals.cacheReadInputTokens,
    totals.cacheCreationInputTokens,
    totals.reasoningOutputTokens,
    totals.costNanoUsd,
    totals.surchargeNanoUsd,
    ...STANDINGS.map((standing) => totals.standings[standing]),
  ];
}

function rowOf(totals: UsageTotals): Row {
  const values = sumsOf(totals);
  return Object.fromEntries(ROLLUP_SUMS.map((name, i) => [name, values[i] as number]));
}

function totalsOfRow(row: Row): UsageTotals {
  const value = (name: string) => Number(row[name] ?? 0);
  return {
    exchanges: value('exchanges'),
    failed: value('failed'),
    interrupted: value('interrupted'),
    inputTokens: value('input_tokens'),
    outputTokens: value('output_tokens'),
    cacheReadInputTokens: value('cache_read_input_tokens'),
    cacheCreationInputTokens: value('cache_creation_input_tokens'),
    reasoningOutputTokens: value('reasoning_output_tokens'),
    costNanoUsd: value('cost_nano_usd'),
    surchargeNanoUsd: value('surcharge_nano_usd'),
    standings: Object.fromEntries(STANDINGS.map((standing) => [standing, value(`standing_${standing}`)])) as Record<
      Standing,
      number
    >,
  };
}
