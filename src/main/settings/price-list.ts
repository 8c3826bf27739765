import type { Ledger } from '../../ledger/ledger-api.js';
import { nameOf, readPriceFile } from '../../pricing/price-file.js';
import { PRICE_LIST_URL } from '../../pricing/price-list-url.js';
import { keepPricesUpToDate } from '../../pricing/price-updates.js';
import { BUNDLED_PRICE_LIST } from '../../pricing/public-list.js';
import { toMeshbarError } from '../../shared/errors.js';
import type { PriceListInfo } from '../../shared/ipc.js';
import type { Statement } from '../../words/index.js';

export interface PriceListOptions {
  /** Where a fetched list is kept. */
  readonly file: string;
  readonly ledger: () => Pick<Ledger, 'reloadPrices'>;
  readonly onChange: () => void;
  /** Told why it could not be fetched. */
  readonly onProblem: (problem: Statement) => void;
  readonly url?: string;
}

/** The public price list, fetched once a day while the user wants that and never otherwise. */
export interface PriceList {
  /** Of the list that is in use. */
  readonly info: PriceListInfo;
  keepUpToDate(wanted: boolean): void;
}

export function createPriceList({
  file,
  ledger,
  onChange,
  onProblem,
  url = PRICE_LIST_URL,
}: PriceListOptions): PriceList {
  let stop: (() => void) | undefined;
  let info = infoOf(file);

  function onUpdated(): void {
    info = infoOf(file);
    ledger()
      .reloadPrices()
      .then(onChange, (error: unknown) => onProblem(toMeshbarError(error).facts));
  }

  return {
    get info() {
      return info;
    },
    keepUpToDate(wanted) {
      if (wanted) stop ??= keepPricesUpToDate({ url, file, onUpdated, onProblem });
      else {
        stop?.();
        stop = undefined;
      }
    },
  };
}

function infoOf(file: string): PriceListInfo {
  const fetched = readPriceFile(file);
  return fetched ? { version: nameOf(fetched), fetchedAt: fetched.fetchedAt } : { version: BUNDLED_PRICE_LIST };
}
