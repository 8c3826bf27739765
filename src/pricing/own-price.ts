import type { Rates } from './rates.js';

/** What a person may say of a model, in USD for a million tokens; what is left out isn't known. */
export const OWN_RATES = ['input', 'cached', 'cacheWrite', 'output'] as const;

/** A price that the user has set, for a model of exactly this name, in the standard tier and before the surcharge. */
export interface OwnPrice extends Readonly<Partial<Record<(typeof OWN_RATES)[number], number>>> {
  readonly model: string;
  /** YYYY-MM-DD, UTC: it holds from then on; undefined: it always has. */
  readonly from?: string;
}

/** What costs by it say they come from. */
const SOURCE = 'your price';
const STANDARD = new Set([undefined, 'default', 'auto', 'standard']);

let ownPrices: readonly OwnPrice[] = [];

/** Prices by these first from now on, in this thread. */
export function setOwnPrices(prices: readonly OwnPrice[]): void {
  ownPrices = prices;
}

/** The rates of the price that holds at a moment, Unix milliseconds: of those that have begun, the last. */
export function ownRates(model: string | undefined, tier: string | undefined, at: number): Rates | undefined {
  if (ownPrices.length === 0 || model === undefined || !STANDARD.has(tier)) return undefined;
  let found: OwnPrice | undefined;
  for (const price of ownPrices) {
    if (price.model !== model || startOf(price) > at) continue;
    if (!found || startOf(price) >= startOf(found)) found = price;
  }
  if (!found) return undefined;
  const { from, input, cached, cacheWrite, output } = found;
  const source = from === undefined ? SOURCE : `${SOURCE} from ${from}`;
  return { source, input, cached, cacheWrite, cacheWrite1h: cacheWrite, cacheWrite12h: cacheWrite, output };
}

function startOf({ from }: OwnPrice): number {
  return from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
}
