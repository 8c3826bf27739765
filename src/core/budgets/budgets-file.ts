import { z } from 'zod';
import { BUDGET_PERIODS } from '../../shared/budgets.js';

/** budgets.json. */

const SCOPE = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('all') }),
  z.looseObject({ kind: z.literal('project'), projectId: z.string().min(1).max(200) }),
]);

const SAVED_BUDGET = z.looseObject({
  id: z.string().min(1).max(250),
  scope: SCOPE,
  period: z.enum(BUDGET_PERIODS),
  amountNanoUsd: z.number().int().positive(),
  alerts: z.array(z.number().int().min(1).max(100)).max(10),
  hardStop: z.boolean(),
});

const BUDGETS_FILE = z.looseObject({
  budgets: z.array(SAVED_BUDGET),
  /** By id of the budget or the key: until when the hard stop is lifted, Unix milliseconds. */
  lifts: z.record(z.string(), z.number().int().nonnegative()).optional(),
});
export type BudgetsFile = z.infer<typeof BUDGETS_FILE>;

export const NO_BUDGETS: BudgetsFile = { budgets: [] };

/** Throws for what is not the file's form. */
export function parseBudgetsFile(value: unknown): BudgetsFile {
  return BUDGETS_FILE.parse(value);
}
