import { chmodSync, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type ErrorFacts, type FileFault, MeshbarError } from '../shared/errors.js';
import { checkVersion, migrate, NewerSchemaError } from './migrations.js';

const BUSY_MS = 5000;
const BUSY_RETRY_MS = 5;
const SQLITE_BUSY = 5;

export interface OpenedFile {
  readonly db: DatabaseSync;
  /** Where a damaged file was put, if there was one. */
  readonly setAside: string | undefined;
}

/**
 * Opens the ledger's file, or begins one. A damaged file is set aside under another name; one written by a newer
 * Meshbar, or one that can't be written, is an error (ledger_unavailable) and stays as it is.
 */
export function openLedgerFile(file: string): OpenedFile {
  try {
    return { db: openDatabase(file), setAside: undefined };
  } catch (error) {
    if (!isDamage(error)) throw unavailable(file, error);
  }
  try {
    const setAside = setFileAside(file);
    return { db: openDatabase(file), setAside };
  } catch (error) {
    throw unavailable(file, error);
  }
}

/** Gives the damaged file another name, beside the old one; gives that name. */
export function setFileAside(file: string): string {
  const setAside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, setAside + suffix);
  }
  return setAside;
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 11 || code === 26;
}

/** SQLITE_CONSTRAINT and SQLITE_MISMATCH, and values that can't be bound: trying again will not help. */
export function isRefusal(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 19 || code === 20 || error instanceof TypeError;
}

/** Tells two files of one name apart: what it gives changes when the file is deleted or replaced. */
export function fileIdentity(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

function openDatabase(file: string): DatabaseSync {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Which models and tools somebody uses is nobody else's business. SQLite gives its side files the mode of the file.
  // Appending nothing: another process may have begun the file this very moment, and it must not be emptied.
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600, flag: 'a' });
  else chmodSync(file, 0o600);
  const db = new DatabaseSync(file);
  try {
    // App and terminal may write the same file: wait for the other's transaction.
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    if (checkVersion(db) === 0) {
      // Both count for a new file alone, and for another the second would wait for whoever is writing. Half as many pages
      // are half as many writes, into the log and out of it again: with SQLite's own 4 KiB a record costs half as much CPU
      // again.
      db.exec('PRAGMA page_size = 8192');
      // Pages that are no longer needed can be given back a few at a time.
      db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    }
    // A new file is made without the log, which would need as much room again on a disk that is nearly full.
    migrate(db);
    db.exec('PRAGMA journal_size_limit = 4194304');
    switchToLog(db);
    // What was committed survives a killed process; only a power cut can take the last commits (never the file).
    db.exec('PRAGMA synchronous = NORMAL');
    db.exec('PRAGMA cache_size = -1024');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * SQLite waits for another process's transaction elsewhere, but not here, as when app and terminal begin a new file at
 * once.
 */
function switchToLog(db: DatabaseSync): void {
  const deadline = Date.now() + BUSY_MS;
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (sqliteCode(error) !== SQLITE_BUSY || Date.now() > deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_RETRY_MS);
  }
}

function unavailable(file: string, error: unknown): MeshbarError {
  if (error instanceof NewerSchemaError) {
    return new MeshbarError('ledger_unavailable', { why: 'newer', file });
  }
  return new MeshbarError('ledger_unavailable', { why: 'unopened', file, fault: faultOf(error) }, { cause: error });
}

/** What is wrong with the file. */
export function faultOf(error: unknown): ErrorFacts {
  const known = SQLITE_FAULTS[sqliteCode(error)];
  if (known !== undefined) return { code: 'file_fault', data: { why: known } };
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return { code: 'file_fault', data: hasCode ? { why: 'code', reason: String(error.code) } : { why: 'unknown' } };
}

/** https://www.sqlite.org/rescode.html */
const SQLITE_FAULTS: Readonly<Record<number, FileFault>> = {
  5: 'held',
  6: 'held',
  8: 'read_only',
  10: 'disk_silent',
  11: 'damaged',
  13: 'disk_full',
  14: 'unopened',
  26: 'damaged',
};

function sqliteCode(error: unknown): number {
  return typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}
