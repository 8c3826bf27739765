import { isDeepStrictEqual } from 'node:util';
import type { ConfigFormat, ConfigPath } from '../formats/config-format.js';
import { type Change, editText } from '../formats/edit-text.js';
import { isMapping, valueAt } from '../formats/values.js';
import type { ConfigFile } from './config-file.js';
import { hashOf, type Receipt, type ReceiptChange } from './receipts.js';

/** A file without what Meshbar did to it. */
export interface Reverted {
  /** Undefined: no file. */
  readonly bytes: Buffer | undefined;
  /** Keys of ours that hold something else than Meshbar wrote: changed by hand. They are left as they are. */
  readonly changedByHand: readonly ConfigPath[];
}

/**
 * The bytes as they were, where nothing has changed since. Otherwise the text as it stands, with our keys alone taken
 * out or set back. With `force` also those that were changed by hand. Throws ConfigSyntaxError.
 */
export function revert(format: ConfigFormat, now: ConfigFile, receipt: Receipt, force = false): Reverted {
  const before = receipt.before === null ? undefined : Buffer.from(receipt.before, 'base64');
  if (now.bytes && hashOf(now.bytes) === receipt.wroteHash) return { bytes: before, changedByHand: [] };
  if (!now.bytes) return { bytes: undefined, changedByHand: [] };
  const config = format.parse(now.text);
  const changedByHand = receipt.changes.filter((change) => isChangedByHand(config, change)).map(({ path }) => path);
  const undone: Change[] = receipt.changes
    .filter(({ path }) => force || !changedByHand.includes(path))
    .map((change) => ({ path: change.path, value: change.before }));
  let text = editText(format, now.text, undone);
  for (const path of receipt.madeParents.toReversed()) {
    if (isEmpty(valueAt(format.parse(text), path))) text = editText(format, text, [{ path, value: undefined }]);
  }
  const isOurs = !before && isEmpty(format.parse(text) ?? {}) && isBare(text);
  return { bytes: isOurs ? undefined : Buffer.from(text), changedByHand };
}

/** A key that is gone, or is again what it was, has been undone by hand already. */
export function isChangedByHand(config: unknown, { path, wrote, before }: ReceiptChange): boolean {
  const value = valueAt(config, path);
  return value !== undefined && !isDeepStrictEqual(value, wrote) && !isDeepStrictEqual(value, before);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || (isMapping(value) && Object.keys(value).length === 0);
}

function isBare(text: string): boolean {
  return /^[\s{}\uFEFF]*$/.test(text);
}
