import { existsSync } from 'node:fs';
import type { Repriced } from '../ledger/reprice.js';
import { openStore } from '../ledger/store.js';
import { loadPrices } from '../pricing/load-prices.js';
import { fetchPrices } from '../pricing/price-updates.js';
import { priceListVersion } from '../pricing/public-list.js';
import { meshbarPaths } from '../settings/paths.js';
import { formatMoney, formatNumber } from '../words/format.js';
import { t } from '../words/index.js';
import { EXIT, print, printError, printProblem, printStatement } from './output.js';
import { plainText } from './plain-text.js';

export interface RepriceOptions {
  readonly dryRun: boolean;
  /** Where to fetch the price list from first; undefined: it is not fetched. */
  readonly updatePrices?: string;
  readonly json: boolean;
}

const NOTHING: Repriced = { unpriced: 0, priced: 0, costNanoUsd: 0, surchargeNanoUsd: 0, models: [] };

/** Prices the exchanges that had no known price by the list at hand; gives the exit code. */
export async function runReprice({ dryRun, updatePrices, json }: RepriceOptions): Promise<number> {
  try {
    const paths = meshbarPaths();
    if (updatePrices !== undefined) await fetchPrices(updatePrices, paths.prices);
    loadPrices(paths.prices);
    const repriced = existsSync(paths.ledger) ? repriceFile(paths.ledger, dryRun) : NOTHING;
    const version = priceListVersion();
    if (json) print(JSON.stringify({ ...repriced, dryRun, priceListVersion: version }, null, 2));
    else print(t('terminal.usage.reprice.prices', { text: textOf(repriced, dryRun), version }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}

function repriceFile(file: string, dryRun: boolean): Repriced {
  const store = openStore(file, {
    onSetAside: (name) => printProblem(t('terminal.usage.damaged', { name })),
    onProblem: printStatement,
  });
  try {
    return store.reprice({ dryRun });
  } finally {
    store.close();
  }
}

function textOf({ unpriced, priced, costNanoUsd, surchargeNanoUsd, models }: Repriced, dryRun: boolean): string {
  if (unpriced === 0) return t('terminal.usage.reprice.none');
  if (priced === 0) return t('terminal.usage.reprice.unknown', { count: unpriced });
  return t(dryRun ? 'terminal.usage.reprice.dryRun' : 'terminal.usage.reprice.done', {
    priced,
    unpriced,
    cost: formatMoney(costNanoUsd + surchargeNanoUsd),
    models: models.map(({ model, exchanges }) => `${plainText(model)} ${formatNumber(exchanges)}`).join(', '),
  });
}
