import * as z from 'zod/mini';

/**
 * What the account calls answer, as far as Meshbar looks at it. Fields it does not need may be missing, null or new; an
 * entry of a list that makes no sense is left out. zod/mini, because it costs the proxy half the memory.
 */

const text = z.optional(
  z.pipe(
    z.unknown(),
    z.transform((value) => (typeof value === 'string' && value !== '' ? value : undefined)),
  ),
);

/** Decimals may come as texts, so that no digit is lost. */
const amount = z.pipe(z.union([z.number(), z.string().check(z.regex(/^-?\d+(\.\d+)?$/))]), z.transform(Number));
const maybeAmount = z.catch(z.optional(amount), undefined);

/** What it takes of a list, entry by entry. */
function listOf<T extends z.ZodMiniType>(entry: T) {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((values) =>
      values.flatMap((value) => {
        const parsed = z.safeParse(entry, value);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  );
}

export const PROFILE = z.object({
  id: z.string().check(z.minLength(1)),
  first_name: text,
  last_name: text,
  email: text,
});

const PROJECT = z.object({ id: z.string().check(z.minLength(1)), name: text, owner_user_id: text });
export const PROJECTS = z.object({ projects: listOf(PROJECT) });

export const ACCESS = z.object({ allowed: z.boolean() });

export const BALANCE = z.object({
  balance: amount,
  monthly_budget: maybeAmount,
  auto_recharge_threshold: maybeAmount,
  auto_recharge_amount: maybeAmount,
  auto_recharge_paused: z.catch(z.optional(z.boolean()), undefined),
  auto_recharged_this_month: maybeAmount,
  last_recharge: text,
});

const USAGE_ROW = z.object({
  provider: z.string(),
  model: z.string(),
  type: z.string(),
  total: amount,
  quantity: maybeAmount,
  // The start of the interval: its name is not documented.
  start: text,
  timestamp: text,
  date: text,
  day: text,
});
export const USAGE = z.object({ usage: listOf(USAGE_ROW) });
