import type { RawUsage, TokenUsage } from '../../shared/usage.js';
import type { Iteration, UsageByModel } from '../provider.js';
import { countAt, sumOf, within } from '../usage-fields.js';
import { anthropicUsage } from './usage.js';

/** Turns at the answer itself, as opposed to compactions and advisors. */
const ATTEMPTS = new Set(['message', 'fallback_message']);
/** Turns of the answering model where they name none. */
const OWN = new Set([...ATTEMPTS, 'compaction']);

const COUNTS = ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'];

/**
 * What each model used, of `usage.iterations`: every turn is billed at its own model's price
 * (https://platform.claude.com/docs/en/build-with-claude/compaction, "Refusals and fallback"). An attempt that was
 * refused before it said anything, and fell back to another model, is not.
 */
export function usageByModel(
  last: RawUsage,
  iterations: readonly Iteration[],
  model: string | undefined,
): UsageByModel {
  const attempts = iterations.filter(({ type }) => ATTEMPTS.has(type));
  const final = attempts.at(-1);
  const answeredBy = final?.model ?? model;
  const said = attempts.some(({ numbers }) => countAt(numbers, 'output_tokens') !== 0);
  const fellBack = new Set(attempts.map((one) => one.model ?? answeredBy)).size > 1;
  const isRefused = (one: Iteration) =>
    fellBack && said && ATTEMPTS.has(one.type) && countAt(one.numbers, 'output_tokens') === 0;

  const sums = new Map<string, RawUsage>();
  for (const one of iterations) {
    if (isRefused(one)) continue;
    const name = one.model ?? (OWN.has(one.type) ? answeredBy : undefined) ?? '';
    sums.set(name, sumOf(sums.get(name), one.numbers));
  }
  const own = sumOfAttempts(attempts, answeredBy);
  const isShort = COUNTS.some((key) => (countAt(own, key) ?? 0) < (countAt(last, key) ?? 0));
  // The totals are of the answering model alone: what its turns lack of them is its too.
  if (answeredBy !== undefined) sums.set(answeredBy, withAtLeast(sums.get(answeredBy), own, last));
  return {
    ...usageOf(sums, last),
    answeredBy,
    // Whether the last attempt is billed, which said nothing after another had, nobody says.
    isPartial: isShort || (final !== undefined && isRefused(final)),
  };
}

function sumOfAttempts(attempts: readonly Iteration[], answeredBy: string | undefined): RawUsage {
  return attempts
    .filter(({ model }) => (model ?? answeredBy) === answeredBy)
    .reduce<RawUsage>((sum, { numbers }) => sumOf(sum, numbers), {});
}

function withAtLeast(sum: RawUsage | undefined, own: RawUsage, last: RawUsage): RawUsage {
  const lacking = COUNTS.map(
    (key) => [key, Math.max(0, (countAt(last, key) ?? 0) - (countAt(own, key) ?? 0))] as const,
  );
  const lifetimes = within(last, 'cache_creation');
  const isUntold = lifetimes !== undefined && within(own, 'cache_creation') === undefined;
  return sumOf(sum, { ...Object.fromEntries(lacking), ...(isUntold ? { cache_creation: lifetimes } : {}) });
}

function usageOf(sums: ReadonlyMap<string, RawUsage>, last: RawUsage): Pick<UsageByModel, 'usage' | 'byModel'> {
  // What stands only in the totals: thinking, and calls of hosted tools.
  const inside = new Set([...COUNTS, 'iterations', 'cache_creation']);
  const outside = Object.fromEntries(Object.entries(last).filter(([key]) => !inside.has(key)));
  const together = [...sums.values()].reduce<RawUsage>((sum, numbers) => sumOf(sum, numbers), {});
  const byModel: Record<string, TokenUsage> = {};
  for (const [name, numbers] of sums) {
    const usage = anthropicUsage(numbers);
    if (usage) byModel[name] = usage;
  }
  const usage = anthropicUsage({ ...together, ...outside });
  return { usage, ...(Object.keys(byModel).length > 1 ? { byModel } : {}) };
}
