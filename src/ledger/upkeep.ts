import type { DatabaseSync } from 'node:sqlite';
import { sumDays } from './day-rollups.js';
import { prune } from './prune.js';
import type { Retention } from './retention.js';

/** What keeps the file small and quick, in pieces of a few milliseconds. */
export interface Upkeep {
  /** Does the next piece; false when all is done, and the step after that begins again. Throws what SQLite throws. */
  step(retention: Retention): boolean;
}

export function createUpkeep(db: DatabaseSync): Upkeep {
  let round: { readonly retention: Retention; readonly pieces: Generator<void> } | undefined;
  return {
    step(retention) {
      const now = Date.now();
      const current = round?.retention === retention ? round : { retention, pieces: piecesOf(db, retention, now) };
      // A round that fails is over: the next one looks again at what there is to do.
      round = undefined;
      if (current.pieces.next().done) return false;
      round = current;
      return true;
    },
  };
}

function* piecesOf(db: DatabaseSync, retention: Retention, now: number): Generator<void> {
  yield* sumDays(db, now);
  yield* prune(db, retention, now);
}
