import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { MeshbarError } from '../shared/errors.js';
import type { PricedExchange } from '../shared/usage.js';
import { type ExportQuery, exportRows } from './export-rows.js';
import { faultOf, isDamage } from './ledger-file.js';
import { SCHEMA_VERSION, schemaVersionOf } from './migrations.js';
import { createQueries, type Queries } from './queries.js';
import { createStatements } from './statements.js';
import { exchangeIn } from './stored-columns.js';

export interface LedgerReader extends Queries {
  /** Every record that fits, oldest first, read as they are asked for. */
  records(query: ExportQuery): Iterable<PricedExchange>;
  close(): void;
}

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
    if (version === SCHEMA_VERSION) return readerOf(db);
    db.close();
    if (version === 0) return undefined;
  } catch (error) {
    db?.close();
    const why = isDamage(error) ? 'damaged' : 'unreadable';
    throw new MeshbarError('ledger_unavailable', { why, file, fault: faultOf(error) }, { cause: error });
  }
  throw new MeshbarError('ledger_unavailable', { why: 'other_version', file });
}

function readerOf(db: DatabaseSync): LedgerReader {
  const statements = createStatements(db);
  return {
    ...createQueries(db),
    *records(query) {
      for (const row of exportRows(statements, query)) {
        const exchange = exchangeIn(row);
        if (exchange) yield exchange;
      }
    },
    close: () => db.close(),
  };
}
