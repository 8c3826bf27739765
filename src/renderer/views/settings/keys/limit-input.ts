import type { BudgetPeriod } from '../../../../shared/budgets.js';
import type { KeyLimit } from '../../../../shared/keys.js';
import { parseUsd } from '../usd-input.js';

/** What is typed as a key's limit: nothing is no limit. Pure. */
export function limitInput(
  amount: string,
  period: BudgetPeriod,
): { readonly limit?: KeyLimit; readonly problem?: string } {
  if (amount.trim() === '') return {};
  const { nanoUsd, problem } = parseUsd(amount);
  return nanoUsd === undefined ? { problem } : { limit: { limitNanoUsd: nanoUsd, period } };
}
