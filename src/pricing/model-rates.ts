import type { ExchangeRecord } from '../shared/usage.js';
import { type MeshagentPrice, meshagentPrice } from './meshagent-prices.js';
import { ownRates } from './own-price.js';
import { type ListedModel, listedModel } from './public-list.js';
import type { Rates } from './rates.js';

/** What decides by which price an exchange goes, besides its counts. */
export type PricedBy = Pick<
  ExchangeRecord,
  | 'providerName'
  | 'startedAt'
  | 'requestModel'
  | 'responseModel'
  | 'serviceTier'
  | 'requestServiceTier'
  | 'inferenceGeo'
>;

/**
 * The rates of an exchange: the user's own price, MeshAgent's where its table has the model, else the public list's. MeshAgent bills by the
 * model that answered if that has a price in the tier, else by the one that was asked for; a tier without a price is
 * the standard one. Undefined where nobody has the model, or knows what such a request costs.
 */
export function ratesOf(by: PricedBy, inputTokens: number): Rates | undefined {
  const own = ownRatesOf(by);
  if (own) return own;
  const asked = meshagentOf(by, by.requestModel);
  for (const model of new Set([by.responseModel ?? by.requestModel, by.requestModel])) {
    const billed = model === by.requestModel ? asked : meshagentOf(by, model);
    if (billed) return (!billed.isForTier && asked?.isForTier ? asked : billed).ratesFor(inputTokens);
    const listed = listedOf(by, model);
    if (listed) return listed.ratesFor(servedAs(by, inputTokens));
  }
  return undefined;
}

/** What the public list alone has for it. */
export function listRatesOf(by: PricedBy, inputTokens: number): Rates | undefined {
  const listed = listedOf(by, by.responseModel) ?? listedOf(by, by.requestModel);
  return listed?.ratesFor(servedAs(by, inputTokens));
}

function ownRatesOf({ responseModel, requestModel, requestServiceTier, serviceTier, startedAt }: PricedBy) {
  const tier = requestServiceTier ?? serviceTier;
  return ownRates(responseModel, tier, startedAt) ?? ownRates(requestModel, tier, startedAt);
}

function meshagentOf(by: PricedBy, model: string | undefined): MeshagentPrice | undefined {
  if (model === undefined) return undefined;
  return meshagentPrice(by.providerName, model, by.requestServiceTier ?? by.serviceTier, by.startedAt);
}

function listedOf({ providerName, startedAt }: PricedBy, model: string | undefined): ListedModel | undefined {
  return model === undefined ? undefined : listedModel(providerName, model, startedAt);
}

/** The provider charges for the tier that served it, which the answer says. */
function servedAs({ serviceTier, requestServiceTier, inferenceGeo }: PricedBy, inputTokens: number) {
  return { tier: serviceTier ?? requestServiceTier, region: inferenceGeo, inputTokens };
}
