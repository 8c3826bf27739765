import type { DatabaseSync } from 'node:sqlite';
import { sumDays } from './day-rollups.js';

/** What keeps the file small and quick, in pieces of a few milliseconds. */
export interface Upkeep {
  /** Does the next piece; false when all is done, and the step after that begins anew. Throws what SQLite throws. */
  step(): boolean;
}

export function createUpkeep(db: DatabaseSync): Upkeep {
  let round: Generator<void> | undefined;
  return {
    step() {
      round ??= sumDays(db, Date.now());
      const current = round;
      // A round that fails is over: the next one looks again at what there is to do.
      round = undefined;
      if (current.next().done) return false;
      round = current;
      return true;
    },
  };
}
