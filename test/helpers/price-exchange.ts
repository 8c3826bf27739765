import { pricingOf } from '../../src/pricing/pricing.js';
import type { ExchangeRecord, PricedExchange } from '../../src/shared/usage.js';

/** The record as the ledger gives it back. */
export function priceExchange(record: ExchangeRecord): PricedExchange {
  return { ...record, ...pricingOf(record) };
}
