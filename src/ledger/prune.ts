import type { DatabaseSync } from 'node:sqlite';
import { localDayStart } from '../shared/calendar.js';
import type { Retention } from './retention.js';
import { ROLLUP_MS } from './stored-columns.js';
import { inTransaction } from './transaction.js';

/** Records taken away at a time: some milliseconds' work. */
const PIECE = 500;
/** Pages given back to the disk at a time. */
const PIECE_PAGES = 256;
/** A file that is too large is made this much smaller than it may be, so that it is not so again at once. */
const ROOM = 0.9;
/** A file from before pages could be given back is written again once this share of it lies empty. */
const EMPTY_SHARE = 0.25;
const INCREMENTAL = 2;

/** Takes away single records, oldest first, that retention does not keep; their sums stay. Yields after each piece. */
export function* prune(db: DatabaseSync, retention: Retention, now: number): Generator<void> {
  const { maxAgeDays, maxBytes } = retention;
  if (maxAgeDays !== undefined) {
    const keptFrom = dayBefore(now, maxAgeDays);
    while (takeAway(db, keptFrom)) yield;
  }
  if (maxBytes !== undefined && usedBytes(db) > maxBytes) {
    while (usedBytes(db) > maxBytes * ROOM && takeAway(db, Number.POSITIVE_INFINITY)) yield;
  }
  yield* giveBack(db);
}

/** Takes away some of the oldest records from before a moment, whole quarters of an hour; false if there are none. */
function takeAway(db: DatabaseSync, keptFrom: number): boolean {
  const oldest = db.prepare('SELECT started_at FROM exchanges ORDER BY started_at LIMIT 1').get();
  if (!oldest) return false;
  const last = db.prepare('SELECT started_at FROM exchanges ORDER BY started_at LIMIT 1 OFFSET ?').get(PIECE);
  const quarterOf = (at: number) => Math.floor(at / ROLLUP_MS) * ROLLUP_MS;
  const first = quarterOf(Number(oldest.started_at));
  const before = Math.min(
    last ? Math.max(quarterOf(Number(last.started_at)), first + ROLLUP_MS) : quarterOf(newest(db)) + ROLLUP_MS,
    quarterOf(keptFrom),
  );
  if (before <= first) return false;
  inTransaction(db, () => {
    db.prepare('DELETE FROM exchanges WHERE started_at < ?').run(before);
    db.prepare('UPDATE pruned SET before = MAX(before, ?)').run(before);
  });
  return true;
}

function newest(db: DatabaseSync): number {
  return Number(db.prepare('SELECT MAX(started_at) AS at FROM exchanges').get()?.at);
}

/** Midnight that began the local day which lies so many days back. */
function dayBefore(now: number, days: number): number {
  const date = new Date(now);
  return localDayStart(new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime());
}

function usedBytes(db: DatabaseSync): number {
  return (pragma(db, 'page_count') - pragma(db, 'freelist_count')) * pragma(db, 'page_size');
}

function* giveBack(db: DatabaseSync): Generator<void> {
  if (pragma(db, 'auto_vacuum') !== INCREMENTAL) {
    const empty = pragma(db, 'freelist_count');
    if (empty <= PIECE_PAGES || empty < pragma(db, 'page_count') * EMPTY_SHARE) return;
    db.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM');
    return;
  }
  // A few empty pages are for what comes next.
  while (pragma(db, 'freelist_count') > PIECE_PAGES) {
    db.exec(`PRAGMA incremental_vacuum(${PIECE_PAGES})`);
    yield;
  }
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0]);
}
