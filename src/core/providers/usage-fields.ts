import type { RawUsage, TokenUsage } from '../../shared/usage.js';

/** Reading of usage objects from outside: only finite, non-negative numbers count; everything else is unknown. */

const MAX_COUNT = 1e12;
const MAX_DEPTH = 3;
const MAX_KEYS = 40;

/** The numbers of a usage object, nested objects included; undefined if there are none. */
export function numbersOf(value: unknown, depth = 0): RawUsage | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > MAX_DEPTH) return undefined;
  const out: Record<string, number | RawUsage> = {};
  let keys = 0;
  for (const [key, entry] of Object.entries(value)) {
    if (keys >= MAX_KEYS || key.length > 64 || key === '__proto__') continue;
    if (typeof entry === 'number') {
      if (!Number.isFinite(entry) || entry < 0 || entry > MAX_COUNT) continue;
      out[key] = entry;
    } else {
      const nested = numbersOf(entry, depth + 1);
      if (nested === undefined) continue;
      out[key] = nested;
    }
    keys += 1;
  }
  return keys === 0 ? undefined : out;
}

export function count(raw: RawUsage | undefined, ...path: string[]): number | undefined {
  let value: number | RawUsage | undefined = raw;
  for (const key of path) {
    if (typeof value !== 'object') return undefined;
    value = Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return typeof value === 'number' ? value : undefined;
}

/** The largest of each number in both: Anthropic's stream reports cumulative counts, some of them only once. */
export function largestOf(a: RawUsage | undefined, b: RawUsage | undefined): RawUsage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const out: Record<string, number | RawUsage> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = out[key];
    if (typeof value === 'number') out[key] = typeof before === 'number' ? Math.max(before, value) : value;
    else out[key] = (typeof before === 'object' ? largestOf(before, value) : value) as RawUsage;
  }
  return out;
}

/** Drops what is unknown; undefined if nothing is left. */
export function definedUsage(usage: TokenUsage): TokenUsage | undefined {
  const entries = Object.entries(usage).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
