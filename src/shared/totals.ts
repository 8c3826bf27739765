import { STANDINGS, type Standing, type UsageTotals } from './usage.js';

/** Sums of sums. Pure. */

export const EMPTY_TOTALS: UsageTotals = {
  exchanges: 0,
  failed: 0,
  interrupted: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheCreationInputTokens: 0,
  reasoningOutputTokens: 0,
  costNanoUsd: 0,
  surchargeNanoUsd: 0,
  standings: Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>,
};

export function addTotals(a: UsageTotals, b: UsageTotals): UsageTotals {
  return {
    exchanges: a.exchanges + b.exchanges,
    failed: a.failed + b.failed,
    interrupted: a.interrupted + b.interrupted,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadInputTokens: a.cacheReadInputTokens + b.cacheReadInputTokens,
    cacheCreationInputTokens: a.cacheCreationInputTokens + b.cacheCreationInputTokens,
    reasoningOutputTokens: a.reasoningOutputTokens + b.reasoningOutputTokens,
    costNanoUsd: a.costNanoUsd + b.costNanoUsd,
    surchargeNanoUsd: a.surchargeNanoUsd + b.surchargeNanoUsd,
    standings: Object.fromEntries(
      STANDINGS.map((standing) => [standing, a.standings[standing] + b.standings[standing]]),
    ) as Record<Standing, number>,
  };
}

/** Whether anything is known of what is summed cost; nothing at all cost $0, which is known. */
export function isCostKnown({ standings }: Pick<UsageTotals, 'standings'>): boolean {
  const { measured, partial, billed, unpriced, unmetered } = standings;
  return measured + partial + billed > 0 || unpriced + unmetered === 0;
}

/** Whether any tokens were reported of what is summed. A bill need not name them. */
export function hasTokens({ standings, inputTokens, outputTokens }: UsageTotals): boolean {
  const { measured, partial, unpriced } = standings;
  return measured + partial + unpriced > 0 || inputTokens + outputTokens > 0;
}
