import { stampOf } from '../files/file-stamp.js';
import { MeshbarError } from '../shared/errors.js';
import type { Statement } from '../words/index.js';
import { loadOwnPrices } from './own-prices.js';

/**
 * Keeps this thread's own prices to those of the file: `look` reads it again if it has changed. One that can't be read
 * is reported once, and none of its prices counts.
 */
export function followOwnPrices(file: string, onProblem: (problem: Statement) => void): { look(): void } {
  let seen: string | undefined;
  return {
    look() {
      const stamp = stampOf(file);
      if (stamp === seen) return;
      seen = stamp;
      try {
        loadOwnPrices(file);
      } catch (error) {
        if (error instanceof MeshbarError) onProblem(error.facts);
      }
    },
  };
}
