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
