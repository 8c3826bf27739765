import type { PricedExchange, UsageTotals } from '../../src/shared/usage.js';

/** The totals of exchanges, each figure spelt out: what the product adds up by its list of columns is held to it. */
export function totalsByHand(exchanges: readonly PricedExchange[]): UsageTotals {
  const sum = (figureOf: (exchange: PricedExchange) => number | undefined) =>
    exchanges.reduce((total, exchange) => total + (figureOf(exchange) ?? 0), 0);
  const count = (isCounted: (exchange: PricedExchange) => boolean) => exchanges.filter(isCounted).length;
  return {
    exchanges: exchanges.length,
    failed: count(({ outcome }) => outcome === 'failed'),
    interrupted: count(({ outcome }) => outcome === 'interrupted'),
    inputTokens: sum(({ usage }) => usage?.inputTokens),
    outputTokens: sum(({ usage }) => usage?.outputTokens),
    cacheReadInputTokens: sum(({ usage }) => usage?.cacheReadInputTokens),
    cacheCreationInputTokens: sum(({ usage }) => usage?.cacheCreationInputTokens),
    reasoningOutputTokens: sum(({ usage }) => usage?.reasoningOutputTokens),
    costNanoUsd: sum(({ cost }) => cost?.costNanoUsd),
    surchargeNanoUsd: sum(({ cost }) => cost?.surchargeNanoUsd),
    possibleNanoUsd: sum(({ possibleNanoUsd }) => possibleNanoUsd),
    standings: {
      measured: count(({ standing }) => standing === 'measured'),
      billed: count(({ standing }) => standing === 'billed'),
      partial: count(({ standing }) => standing === 'partial'),
      unpriced: count(({ standing }) => standing === 'unpriced'),
      unmetered: count(({ standing }) => standing === 'unmetered'),
      none: count(({ standing }) => standing === 'none'),
      refused: count(({ standing }) => standing === 'refused'),
    },
  };
}
