import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, isDamage } from '../ledger/ledger-file.js';
import { schemaVersionOf } from '../ledger/migrations.js';
import type { ErrorFacts } from '../shared/errors.js';

/** What the thread says of the file. */
export type LedgerCheck =
  /** `faults`: what SQLite found wrong, in its words; empty: nothing. */
  | { readonly kind: 'read'; readonly schemaVersion: number; readonly faults: readonly string[] }
  | { readonly kind: 'unreadable'; readonly isDamage: boolean; readonly fault: ErrorFacts };

/** One is as bad as a thousand. */
const MAX_FAULTS = 5;

/** A thread of its own: SQLite reads the whole file, and nothing else could go on meanwhile. Changes nothing. */
function check(file: string): LedgerCheck {
  let db: DatabaseSync | undefined;
  try {
    // As in ledger/reader.ts: without a log nobody writes, and a reader leaves no files behind.
    const url = pathToFileURL(file);
    if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1');
    db = new DatabaseSync(url, { readOnly: true });
    db.exec('PRAGMA busy_timeout = 2000');
    const schemaVersion = schemaVersionOf(db);
    const rows = db.prepare('PRAGMA quick_check(5)').all() as { quick_check: string }[];
    const lines = rows.flatMap((row) => row.quick_check.split('\n'));
    const faults = lines.filter((line) => line !== 'ok' && !line.startsWith('*** '));
    return { kind: 'read', schemaVersion, faults: faults.slice(0, MAX_FAULTS) };
  } catch (error) {
    return { kind: 'unreadable', isDamage: isDamage(error), fault: faultOf(error) };
  } finally {
    db?.close();
  }
}

parentPort?.postMessage(check(workerData as string));
