import * as z from 'zod/mini';
import { BUDGET_PERIODS } from '../shared/budgets.js';

/** keys.json: what is kept of the named local keys. A key itself is never kept, its SHA-256 is. */

const MOMENT = z.int().check(z.nonnegative());

const SAVED_KEY = z.looseObject({
  id: z.string().check(z.regex(/^key_[a-z0-9]{6,20}$/)),
  label: z.string().check(z.minLength(1), z.maxLength(100)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  createdAt: MOMENT,
  limit: z.optional(z.looseObject({ limitNanoUsd: z.int().check(z.positive()), period: z.enum(BUDGET_PERIODS) })),
  expiresAt: z.optional(MOMENT),
  temporary: z.optional(z.boolean()),
  revokedAt: z.optional(MOMENT),
});
export type SavedKey = z.infer<typeof SAVED_KEY>;

const KEYS_FILE = z.looseObject({ keys: z.array(SAVED_KEY) });
export type KeysFile = z.infer<typeof KEYS_FILE>;

export const NO_KEYS: KeysFile = { keys: [] };

/** Throws for what is not the file's form. */
export function parseKeysFile(value: unknown): KeysFile {
  return KEYS_FILE.parse(value);
}
