import { nanoUsd, roundHalfEven } from '../shared/money.js';
import type { Cost, ExchangeRecord, PricedExchange } from '../shared/usage.js';
import { costOfDecisions, costOfUsage } from './cost.js';
import { ratesOf } from './model-rates.js';

/** MeshAgent's surcharge on the usage of every provider, reported apart from it. */
export const SURCHARGE_RATE = 0.05;

/** The endpoint with a price of its own. */
const DECISIONS = '/v1/decisions';

export type Pricing = Pick<PricedExchange, 'cost' | 'standing'>;

/**
 * What a record costs at the prices of the time it began. Nothing is guessed: where nobody knows the price of the model,
 * or of what it was mainly about, the exchange is `unpriced`, never $0; where a part has no price it is `partial`.
 */
export function pricingOf(record: ExchangeRecord): Pricing {
  const { usage, usageStanding } = record;
  if (usageStanding === 'none' || usageStanding === 'unmetered' || usage === undefined) {
    return { standing: usageStanding };
  }
  const rates = ratesOf(record, usage.inputTokens ?? 0);
  const priced = rates && (record.path === DECISIONS ? costOfDecisions : costOfUsage)(usage, rates);
  if (!priced) return { standing: 'unpriced' };
  const standing = priced.missing.length > 0 ? 'partial' : usageStanding;
  return { cost: costOf(priced.usd, rates.source), standing };
}

/** Rounded once for each exchange, to a billionth of a dollar: sums of integers lose nothing. */
function costOf(usd: number, source: string): Cost {
  const costNanoUsd = nanoUsd(usd);
  return { costNanoUsd, surchargeNanoUsd: roundHalfEven(costNanoUsd * SURCHARGE_RATE), priceListVersion: source };
}
