import { addTotals, EMPTY_TOTALS } from '../shared/totals.js';
import type { PricedExchange, Standing, UsageGroup, UsageTotals } from '../shared/usage.js';

export { addTotals, EMPTY_TOTALS };

/** Sums over exchanges, as pure values: what shells show of a session, and what queries give. */

/** The name an exchange's model goes by in sums: the response's, else the request's. */
export function modelOf(record: { responseModel?: string; requestModel?: string }): string {
  return record.responseModel ?? record.requestModel ?? 'unknown';
}

export function addExchange(totals: UsageTotals, record: PricedExchange): UsageTotals {
  return addExchanges(totals, [record]);
}

/** One new sum for all of them: under load hundreds are added at once. */
export function addExchanges(totals: UsageTotals, records: readonly PricedExchange[]): UsageTotals {
  const sum = copyOf(totals);
  for (const record of records) count(sum, record);
  return sum;
}

/** The sum with an exchange in it as it is now, in place of what it was. */
export function replaceExchange<T extends UsageTotals>(
  totals: T,
  { before, after }: { readonly before: PricedExchange; readonly after: PricedExchange },
): T {
  const sum = copyOf(totals);
  count(sum, before, -1);
  count(sum, after);
  return sum;
}

/** One exchange as a sum. */
export function totalsOf(record: PricedExchange): UsageTotals {
  return addExchange(EMPTY_TOTALS, record);
}

/** Adds records to groups by model, dearest first. */
export function addToModels(groups: readonly UsageGroup[], records: readonly PricedExchange[]): UsageGroup[] {
  const sums = groups.map(copyOf);
  for (const record of records) {
    const { providerName } = record;
    const key = modelOf(record);
    let sum = sums.find((one) => one.key === key && one.providerName === providerName);
    if (!sum) {
      sum = copyOf({ ...EMPTY_TOTALS, key, providerName });
      sums.push(sum);
    }
    count(sum, record);
  }
  return sums.sort((a, b) => b.costNanoUsd - a.costNanoUsd || b.exchanges - a.exchanges);
}

type Sum<T extends UsageTotals> = { -readonly [K in keyof T]: T[K] } & { standings: Record<Standing, number> };

function copyOf<T extends UsageTotals>(totals: T): Sum<T> {
  return { ...totals, standings: { ...totals.standings } };
}

function count(sum: Sum<UsageTotals>, { outcome, standing, usage, cost }: PricedExchange, times: 1 | -1 = 1): void {
  sum.exchanges += times;
  if (outcome !== 'complete') sum[outcome] += times;
  sum.inputTokens += times * (usage?.inputTokens ?? 0);
  sum.outputTokens += times * (usage?.outputTokens ?? 0);
  sum.cacheReadInputTokens += times * (usage?.cacheReadInputTokens ?? 0);
  sum.cacheCreationInputTokens += times * (usage?.cacheCreationInputTokens ?? 0);
  sum.reasoningOutputTokens += times * (usage?.reasoningOutputTokens ?? 0);
  sum.costNanoUsd += times * (cost?.costNanoUsd ?? 0);
  sum.surchargeNanoUsd += times * (cost?.surchargeNanoUsd ?? 0);
  sum.standings[standing] += times;
}
