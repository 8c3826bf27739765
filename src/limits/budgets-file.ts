import * as z from 'zod/mini';
import { BUDGET_PERIODS } from '../shared/budgets.js';

/** budgets.json. */

const SCOPE = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('all') }),
  z.looseObject({ kind: z.literal('project'), projectId: z.string().check(z.minLength(1), z.maxLength(200)) }),
]);

const SAVED_BUDGET = z.looseObject({
  id: z.string().check(z.minLength(1), z.maxLength(250)),
  scope: SCOPE,
  period: z.enum(BUDGET_PERIODS),
  amountNanoUsd: z.int().check(z.positive()),
  alerts: z.array(z.int().check(z.gte(1), z.lte(100))).check(z.maxLength(10)),
  hardStop: z.boolean(),
});

const BUDGETS_FILE = z.looseObject({
  budgets: z.array(SAVED_BUDGET),
  /** By id of the budget or the key: until when the hard stop is lifted, Unix milliseconds. */
  lifts: z.optional(z.record(z.string(), z.int().check(z.nonnegative()))),
});
export type BudgetsFile = z.infer<typeof BUDGETS_FILE>;

export const NO_BUDGETS: BudgetsFile = { budgets: [] };

/** Throws for what is not the file's form. */
export function parseBudgetsFile(value: unknown): BudgetsFile {
  return BUDGETS_FILE.parse(value);
}
