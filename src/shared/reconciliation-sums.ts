import type { ReconciledUsage } from './reconciliation.js';

/** The rows of a reconciliation taken together; nano-USD, undefined where nothing is known. */
export interface ReconciledSums {
  /** Of what is known: too small where `isWhole` is not. */
  readonly estimateNanoUsd: number | undefined;
  /** Every row has an estimate, and none lacks something that passed here. */
  readonly isWhole: boolean;
  readonly billedNanoUsd: number | undefined;
  readonly differenceNanoUsd: number | undefined;
}

export function sumsOf(rows: readonly ReconciledUsage[]): ReconciledSums {
  const estimate = sum(rows.map(({ estimateNanoUsd }) => estimateNanoUsd));
  const billed = sum(rows.map(({ billedNanoUsd }) => billedNanoUsd));
  return {
    estimateNanoUsd: estimate,
    isWhole: rows.every((row) => row.estimateNanoUsd !== undefined && !row.atLeast),
    billedNanoUsd: billed,
    differenceNanoUsd: estimate === undefined || billed === undefined ? undefined : billed - estimate,
  };
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}
