import { once } from 'node:events';
import type { ExportFormat } from '../ledger/export-formats.js';
import { exportText } from '../ledger/export-records.js';
import { openReader } from '../ledger/reader.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import type { Outcome } from '../shared/usage.js';
import { EXIT, printError } from './output.js';
import { periodOf } from './period.js';

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly since?: string;
  readonly until?: string;
  readonly tool?: string;
  readonly model?: string;
  readonly outcome?: Outcome;
}

/** Texts are collected up to about this many characters before they are written. */
const PIECE = 65_536;

/** Writes single records to standard output, oldest first, as fast as it is read; gives the exit code. */
export async function runExport({ format, since, until, ...filter }: ExportOptions): Promise<number> {
  try {
    // Without a period, everything there is.
    const period = periodOf({ since: since ?? '1970-01-02', ...(until === undefined ? {} : { until }) }, Date.now());
    const reader = openReader(meshbarPaths().ledger);
    try {
      await write(exportText(reader?.records({ ...period, ...filter }) ?? [], format));
    } finally {
      reader?.close();
    }
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return error instanceof MeshbarError && error.code === 'invalid_option' ? EXIT.usage : EXIT.failed;
  }
}

async function write(lines: Iterable<string>): Promise<void> {
  let piece = '';
  const flush = async () => {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    piece = '';
  };
  for (const line of lines) {
    piece += line;
    if (piece.length >= PIECE) await flush();
  }
  await flush();
}
