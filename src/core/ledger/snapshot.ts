import { addTotals, EMPTY_TOTALS } from '../../shared/totals.js';
import type { PricedExchange, UsageGroup, UsageTotals } from '../../shared/usage.js';

export { addTotals, EMPTY_TOTALS };

/** Sums over exchanges, as pure values: what shells show of a session, and what queries give. */

/** The name an exchange's model goes by in sums: the response's, else the request's. */
export function modelOf(record: { responseModel?: string; requestModel?: string }): string {
  return record.responseModel ?? record.requestModel ?? 'unknown';
}

export function addExchange(totals: UsageTotals, record: PricedExchange): UsageTotals {
  return addTotals(totals, totalsOf(record));
}

/** One exchange as a sum. */
export function totalsOf(record: PricedExchange): UsageTotals {
  const { usage, cost } = record;
  return {
    exchanges: 1,
    failed: record.outcome === 'failed' ? 1 : 0,
    interrupted: record.outcome === 'interrupted' ? 1 : 0,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
    cacheReadInputTokens: usage?.cacheReadInputTokens ?? 0,
    cacheCreationInputTokens: usage?.cacheCreationInputTokens ?? 0,
    reasoningOutputTokens: usage?.reasoningOutputTokens ?? 0,
    costNanoUsd: cost?.costNanoUsd ?? 0,
    surchargeNanoUsd: cost?.surchargeNanoUsd ?? 0,
    standings: { ...EMPTY_TOTALS.standings, [record.standing]: 1 },
  };
}

/** Adds records to groups by model, dearest first. */
export function addToModels(groups: readonly UsageGroup[], records: readonly PricedExchange[]): UsageGroup[] {
  const byKey = new Map(groups.map((group) => [`${group.providerName} ${group.key}`, group]));
  for (const record of records) {
    const key = modelOf(record);
    const name = `${record.providerName} ${key}`;
    const before = byKey.get(name) ?? { ...EMPTY_TOTALS, key, providerName: record.providerName };
    byKey.set(name, { ...before, ...addExchange(before, record) });
  }
  return [...byKey.values()].sort((a, b) => b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges);
}
