import { z } from 'zod';
import { BUDGET_PERIODS } from '../../shared/budgets.js';

/** keys.json: what is kept of the named local keys. A key itself is never kept, its SHA-256 is. */

const MOMENT = z.number().int().nonnegative();

const SAVED_KEY = z.looseObject({
  id: z.string().regex(/^key_[a-z0-9]{6,20}$/),
  label: z.string().min(1).max(100),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: MOMENT,
  limit: z.looseObject({ limitNanoUsd: z.number().int().positive(), period: z.enum(BUDGET_PERIODS) }).optional(),
  expiresAt: MOMENT.optional(),
  temporary: z.boolean().optional(),
  revokedAt: MOMENT.optional(),
});
export type SavedKey = z.infer<typeof SAVED_KEY>;

const KEYS_FILE = z.looseObject({ keys: z.array(SAVED_KEY) });
export type KeysFile = z.infer<typeof KEYS_FILE>;

export const NO_KEYS: KeysFile = { keys: [] };

/** Throws for what is not the file's form. */
export function parseKeysFile(value: unknown): KeysFile {
  return KEYS_FILE.parse(value);
}
