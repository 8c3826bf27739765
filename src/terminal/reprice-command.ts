import { existsSync } from 'node:fs';
import type { Repriced } from '../ledger/reprice.js';
import { openStore } from '../ledger/store.js';
import { loadPrices } from '../pricing/load-prices.js';
import { fetchPrices } from '../pricing/price-updates.js';
import { priceListVersion } from '../pricing/public-list.js';
import { meshbarPaths } from '../settings/paths.js';
import { NANO_PER_USD } from '../shared/money.js';
import { EXIT, print, printError, printProblem, printStatement } from './output.js';
import { plainText } from './plain-text.js';
import { shownUsd } from './usd.js';

export interface RepriceOptions {
  readonly dryRun: boolean;
  /** Where to fetch the price list first; undefined: it is not fetched. */
  readonly updatePrices?: string;
  readonly json: boolean;
}

const NOTHING: Repriced = { unpriced: 0, priced: 0, costNanoUsd: 0, surchargeNanoUsd: 0, models: [] };

/** Prices the exchanges that had no known price with the list at hand; gives the exit code. */
export async function runReprice({ dryRun, updatePrices, json }: RepriceOptions): Promise<number> {
  try {
    const paths = meshbarPaths();
    if (updatePrices !== undefined) await fetchPrices(updatePrices, paths.prices);
    loadPrices(paths.prices);
    const repriced = existsSync(paths.ledger) ? repriceFile(paths.ledger, dryRun) : NOTHING;
    const version = priceListVersion();
    if (json) print(JSON.stringify({ ...repriced, dryRun, priceListVersion: version }, null, 2));
    else print(`${textOf(repriced, dryRun)} Prices: ${version}.`);
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}

function repriceFile(file: string, dryRun: boolean): Repriced {
  const store = openStore(file, {
    onSetAside: (name) => printProblem(`The usage ledger was damaged. It was set aside as ${name}.`),
    onProblem: printStatement,
  });
  try {
    return store.reprice({ dryRun });
  } finally {
    store.close();
  }
}

function textOf({ unpriced, priced, costNanoUsd, surchargeNanoUsd, models }: Repriced, dryRun: boolean): string {
  if (unpriced === 0) return 'No request is unpriced.';
  if (priced === 0) return `${requests(unpriced)} unpriced, and the list knows none of their models.`;
  const shown = models.map(({ model, exchanges }) => `${plainText(model)} ${exchanges}`).join(', ');
  const cost = shownUsd((costNanoUsd + surchargeNanoUsd) / NANO_PER_USD);
  const done = dryRun ? 'would have a price now' : 'have a price now';
  return `${priced} of ${unpriced} unpriced requests ${done}, ${cost} with the surcharge: ${shown}.${
    dryRun ? ' Nothing was changed.' : ''
  }`;
}

function requests(count: number): string {
  return count === 1 ? '1 request is' : `${count} requests are`;
}
