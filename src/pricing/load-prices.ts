import { nameOf, readPriceFile } from './price-file.js';
import { setPriceList } from './public-list.js';

/** Prices by the list that was fetched last from now on, in this thread; false if there is none that can be used. */
export function loadPrices(file: string): boolean {
  const fetched = readPriceFile(file);
  if (!fetched) return false;
  try {
    setPriceList(fetched.providers, nameOf(fetched));
    return true;
  } catch {
    // The package knows better what a list of its own must have; what it refuses leaves the one before.
    return false;
  }
}
