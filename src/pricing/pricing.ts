import type { MissingPrice } from '../shared/columns.js';
import { nanoUsd, roundHalfEven } from '../shared/money.js';
import type { Cost, ExchangeRecord, Pricing, TokenUsage } from '../shared/usage.js';
import { costOfDecisions, costOfUsage } from './cost.js';
import { feesIn, listFees } from './fees.js';
import { isOneOf, rulesOf } from './list-rules.js';
import { plainName } from './model-names.js';
import { listRatesOf, type PricedBy, ratesOf } from './model-rates.js';
import type { Rates } from './rates.js';

/** MeshAgent's surcharge on the usage of every provider, reported apart from it. */
export const SURCHARGE_RATE = 0.05;
/** The endpoint with a price of its own. */
const DECISIONS = '/v1/decisions';

/**
 * What a record costs at the prices of the time it began. Nothing is guessed: where nobody knows the price of the model,
 * or of what it was mainly about, the exchange is `unpriced`, never $0; where a part has no price it is `partial`.
 */
export function pricingOf(record: ExchangeRecord): Pricing {
  const { usageStanding } = record;
  if (usageStanding === 'none' || usageStanding === 'unmetered' || record.usage === undefined) {
    return { standing: usageStanding };
  }
  const usage = withSearches(record, record.usage);
  const priced = priceModels(record, usage, ratesOf);
  if (usageStanding === 'refused') return refused(priced);
  if (!priced) return { standing: 'unpriced' };
  const missing = [...new Set([...priced.missing, ...feesIn(usage)])];
  const standing = missing.length > 0 ? 'partial' : usageStanding;
  return { standing, cost: costOf(priced, missing, listUsd(record, usage)) };
}

interface PricedModels {
  readonly usd: number;
  readonly missing: readonly MissingPrice[];
  readonly sources: ReadonlySet<string>;
  readonly rates: Rates;
}

type FindRates = (by: PricedBy, inputTokens: number) => Rates | undefined;

/** Each model at its own price; undefined where none has one. */
function priceModels(record: ExchangeRecord, usage: TokenUsage, find: FindRates): PricedModels | undefined {
  const price = record.path === DECISIONS ? costOfDecisions : costOfUsage;
  let all: PricedModels | undefined;
  const missing: MissingPrice[] = [];
  for (const [by, used] of usagesOf(record, usage)) {
    const rates = by && find(by, used.inputTokens ?? 0);
    const priced = rates && price(used, rates, record.usageGaps);
    if (!priced) {
      missing.push('other_model');
      continue;
    }
    const usd = (all?.usd ?? 0) + priced.usd;
    missing.push(...priced.missing);
    all = { usd, missing, sources: new Set([...(all?.sources ?? []), rates.source]), rates };
  }
  return all;
}

/** What each model used; undefined in place of one that has no name. */
function usagesOf(record: ExchangeRecord, usage: TokenUsage): readonly (readonly [PricedBy | undefined, TokenUsage])[] {
  const { usageByModel, responseModel, requestModel } = record;
  if (usageByModel === undefined) return [[record, usage]];
  return Object.entries(usageByModel as Readonly<Record<string, TokenUsage>>).map(([model, used]) => {
    if (model === '') return [undefined, used];
    const asked = model === responseModel ? requestModel : undefined;
    return [{ ...record, responseModel: model, requestModel: asked }, used];
  });
}

/** Some models search for each answer, and don't count it. */
function withSearches(record: ExchangeRecord, usage: TokenUsage): TokenUsage {
  const { searchesInEveryAnswer } = rulesOf(record.providerName);
  if (usage.webSearches !== undefined || searchesInEveryAnswer === undefined) return usage;
  const model = plainName(record.providerName, record.responseModel ?? record.requestModel ?? '');
  return isOneOf(searchesInEveryAnswer, model) ? { ...usage, webSearches: 1 } : usage;
}

/** At the public list's prices, hosted tools' fees included; undefined where they are not all known. */
function listUsd(record: ExchangeRecord, usage: TokenUsage): number | undefined {
  const listed = priceModels(record, usage, listRatesOf);
  if (!listed || listed.missing.length > 0) return undefined;
  const fees = listFees(usage, listed.rates);
  return fees === undefined ? undefined : listed.usd + fees;
}

/** Rounded once for each exchange, to a billionth of a dollar: sums of integers lose nothing. */
function costOf({ usd, sources }: PricedModels, missing: readonly MissingPrice[], list: number | undefined): Cost {
  const costNanoUsd = nanoUsd(usd);
  const listNanoUsd = list === undefined ? undefined : nanoUsd(list);
  return {
    costNanoUsd,
    surchargeNanoUsd: surchargeOn(costNanoUsd),
    ...(missing.length === 0 ? {} : { missingPrices: missing.join(' ') }),
    ...(listNanoUsd === undefined || listNanoUsd === costNanoUsd ? {} : { listNanoUsd }),
    priceListVersion: [...sources].join(', '),
  };
}

function refused(priced: PricedModels | undefined): Pricing {
  if (!priced) return { standing: 'refused' };
  const costNanoUsd = nanoUsd(priced.usd);
  return { standing: 'refused', possibleNanoUsd: costNanoUsd + surchargeOn(costNanoUsd) };
}

function surchargeOn(costNanoUsd: number): number {
  return roundHalfEven(costNanoUsd * SURCHARGE_RATE);
}
