import { OWN_RATES, type OwnPrice } from '../pricing/own-price.js';
import { readOwnPrices, removeOwnPrice, saveOwnPrice } from '../pricing/own-prices.js';
import { meshbarPaths } from '../settings/paths.js';
import { UNKNOWN } from '../words/format.js';
import { t } from '../words/index.js';
import { EXIT, print, printError } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

export function runPriceSet(price: OwnPrice): Promise<number> {
  return reported(async (file) => {
    await saveOwnPrice(file, price);
    print(plainText(t('terminal.prices.set', { model: price.model })));
  });
}

export function runPriceList({ json }: { readonly json: boolean }): Promise<number> {
  return reported(async (file) => {
    const prices = readOwnPrices(file);
    if (json) print(JSON.stringify(prices, null, 2));
    else if (prices.length === 0) print(t('terminal.prices.none'));
    else
      print(
        table(
          HEAD.map((column) => t(`terminal.prices.head.${column}`)),
          prices.map(rowOf),
          2,
        ),
      );
  });
}

export function runPriceRemove(model: string, { from }: { readonly from?: string }): Promise<number> {
  return reported(async (file) => {
    await removeOwnPrice(file, model, from);
    print(plainText(t('terminal.prices.removed', { model })));
  });
}

const HEAD = ['model', 'from', ...OWN_RATES] as const;

function rowOf(price: OwnPrice): string[] {
  const rates = OWN_RATES.map((name) => (price[name] === undefined ? UNKNOWN : `$${price[name]}`));
  return [plainText(price.model), price.from ?? t('terminal.prices.always'), ...rates];
}

async function reported(work: (file: string) => Promise<void>): Promise<number> {
  try {
    await work(meshbarPaths().ownPrices);
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}
