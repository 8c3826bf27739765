import { isDeepStrictEqual } from 'node:util';
import type { ConfigPath, ConfigValue } from '../formats/config-format.js';
import type { Change } from '../formats/edit-text.js';
import { pathText, valueAt } from '../formats/values.js';
import { hashOf, type Receipt } from './receipts.js';

/** A file without Meshbar. */
export interface Base {
  /** Undefined: there is none. */
  readonly bytes: Buffer | undefined;
  readonly text: string;
  readonly config: unknown;
}

/** What is needed to undo the changes, of which `bytes` is what came out. */
export function receiptOf(
  base: Base,
  changes: readonly Change[],
  bytes: Buffer,
): Pick<Receipt, 'before' | 'wroteHash' | 'changes' | 'madeParents'> {
  const made = changes.flatMap(({ path, value }) => {
    const before = valueAt(base.config, path) as ConfigValue | undefined;
    return value === undefined || isDeepStrictEqual(before, value) ? [] : [{ path, wrote: value, before }];
  });
  return {
    before: base.bytes?.toString('base64') ?? null,
    wroteHash: hashOf(bytes),
    changes: made,
    madeParents: madeParentsOf(base.config, changes),
  };
}

function madeParentsOf(config: unknown, changes: readonly Change[]): ConfigPath[] {
  const made = new Map<string, ConfigPath>();
  for (const { path } of changes) {
    for (let length = 1; length < path.length; length++) {
      const parent = path.slice(0, length);
      if (valueAt(config, parent) === undefined) made.set(pathText(parent), parent);
    }
  }
  return [...made.values()].sort((a, b) => a.length - b.length);
}
