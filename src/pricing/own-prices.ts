import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { takeLock } from '../files/lock.js';
import { replaceFile } from '../files/replace-file.js';
import { codeOf, writeFault } from '../files/write-fault.js';
import { MeshbarError } from '../shared/errors.js';
import { OWN_RATES, type OwnPrice, setOwnPrices } from './own-price.js';

/** own-prices.json: a person may edit it, several processes read it, and one that is damaged is never written over. */

const FORMAT = 1;
const LOCK_TIMEOUT_MS = 10_000;
const MAX_RATE = 1e6;

/** What is in the file; none where there is no file. Throws MeshbarError file_unreadable. */
export function readOwnPrices(file: string): readonly OwnPrice[] {
  const text = textOf(file);
  return text === undefined ? [] : parsed(text, file);
}

/** Prices by what is in the file from now on, in this thread. Throws likewise, and then none of one's own count. */
export function loadOwnPrices(file: string): void {
  setOwnPrices([]);
  setOwnPrices(readOwnPrices(file));
}

/** Takes the place of the price of the same model and date. Rejects with file_unreadable or file_unwritable. */
export function saveOwnPrice(file: string, price: OwnPrice): Promise<void> {
  return change(file, (prices) => [
    ...prices.filter(({ model, from }) => model !== price.model || from !== price.from),
    price,
  ]);
}

/** Takes away the prices of a model, all or that of one date; gives how many. Rejects with price_unknown, too. */
export async function removeOwnPrice(file: string, model: string, from: string | undefined): Promise<number> {
  let removed = 0;
  await change(file, (prices) => {
    const kept = prices.filter((one) => one.model !== model || (from !== undefined && one.from !== from));
    removed = prices.length - kept.length;
    if (removed === 0) throw new MeshbarError('price_unknown', { model });
    return kept;
  });
  return removed;
}

async function change(file: string, edit: (prices: readonly OwnPrice[]) => readonly OwnPrice[]): Promise<void> {
  let release: () => Promise<void> = async () => {};
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    release = await takeLock(file, LOCK_TIMEOUT_MS);
    for (let isWritten = false; !isWritten; ) {
      const before = textOf(file);
      const prices = edit(before === undefined ? [] : parsed(before, file)).toSorted(byModelAndDate);
      const text = `${JSON.stringify({ version: FORMAT, prices }, null, 2)}\n`;
      // Somebody may edit it by hand meanwhile.
      isWritten = await replaceFile(file, text, () => textOf(file) === before);
    }
  } catch (error) {
    throw error instanceof MeshbarError
      ? error
      : new MeshbarError('file_unwritable', { file, fault: writeFault(error) });
  } finally {
    await release().catch(() => {});
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new MeshbarError('file_unreadable', { why: 'read', file, reason: codeOf(error) });
  }
}

function parsed(text: string, file: string): readonly OwnPrice[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MeshbarError('file_unreadable', { why: 'own_prices', file });
  }
  const { version, prices } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof version === 'number' && version > FORMAT)
    throw new MeshbarError('file_unreadable', { why: 'newer', file });
  if (!Array.isArray(prices) || !prices.every(isOwnPrice)) {
    throw new MeshbarError('file_unreadable', { why: 'own_prices', file });
  }
  return prices;
}

function isOwnPrice(value: unknown): value is OwnPrice {
  if (typeof value !== 'object' || value === null) return false;
  const price = value as Record<string, unknown>;
  return (
    typeof price.model === 'string' &&
    price.model !== '' &&
    (price.from === undefined || isDay(price.from)) &&
    OWN_RATES.every((name) => price[name] === undefined || isRate(price[name]))
  );
}

/** Whether it is USD for a million tokens. */
export function isRate(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= MAX_RATE;
}

/** Whether it is a day that there is, as YYYY-MM-DD. */
export function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

function byModelAndDate(a: OwnPrice, b: OwnPrice): number {
  if (a.model !== b.model) return a.model < b.model ? -1 : 1;
  return (a.from ?? '') < (b.from ?? '') ? -1 : 1;
}
