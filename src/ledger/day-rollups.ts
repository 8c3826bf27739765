import type { DatabaseSync } from 'node:sqlite';
import { localDayEnd, localDayStart } from '../shared/calendar.js';
import { FIGURE_COLUMNS, ROLLUP_KEYS } from './stored-columns.js';
import { inTransaction } from './transaction.js';

const KEYS = ROLLUP_KEYS.join(', ');

/**
 * Sums up each local day that is over by `now` and has not been summed, or has changed since; yields after each. Days of
 * another time zone, in which this machine was before, are given up.
 */
export function* sumDays(db: DatabaseSync, now: number): Generator<void> {
  const spans = db.prepare('SELECT starts, ends FROM day_spans').all() as { starts: number; ends: number }[];
  for (const { starts, ends } of spans) {
    if (localDayStart(starts) === starts && localDayEnd(starts) === ends) continue;
    db.prepare('DELETE FROM day_spans WHERE starts = ?').run(starts);
  }
  const nextBucket = db.prepare('SELECT MIN(bucket) AS bucket FROM rollups WHERE bucket >= ?');
  const isSummed = db.prepare('SELECT 1 FROM day_spans WHERE starts = ?');
  const forget = db.prepare('DELETE FROM day_rollups WHERE starts = ?');
  const sum = db.prepare(
    `INSERT INTO day_rollups (starts, ${KEYS}, ${FIGURE_COLUMNS.join(', ')})
     SELECT ?, ${KEYS}, ${FIGURE_COLUMNS.map((name) => `SUM(${name})`).join(', ')}
     FROM rollups WHERE bucket >= ? AND bucket < ? GROUP BY ${KEYS}`,
  );
  const note = db.prepare('INSERT INTO day_spans VALUES (?, ?)');
  for (let at = 0; ; ) {
    const { bucket } = nextBucket.get(at) as { bucket: number | null };
    if (bucket === null) return;
    const start = localDayStart(bucket);
    at = localDayEnd(bucket);
    if (at > now) return;
    if (isSummed.get(start)) continue;
    const isNew = inTransaction(db, () => {
      // Another process may have been faster.
      if (isSummed.get(start)) return false;
      forget.run(start);
      sum.run(start, start, at);
      note.run(start, at);
      return true;
    });
    if (isNew) yield;
  }
}
