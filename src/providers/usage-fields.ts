import type { RawUsage, TokenUsage } from '../shared/usage.js';

/** Reading of usage objects from outside: only finite, non-negative numbers count; everything else is unknown. */

/** No exchange has used as much of anything; what says so is broken, and sums must stay exact. */
const MAX_COUNT = 1e9;
const MAX_DEPTH = 4;
const MAX_KEYS = 40;
/** What is counted, as opposed to what is only said: tiers, regions, prices, times. */
const COUNTED = /(?:tokens|seconds|requests|characters|images|minutes)$/;

/**
 * The numbers of a usage object, nested objects included; undefined if there are none. A list of objects that have a
 * `type` (Anthropic's iterations) becomes an object of sums by type. `onFlaw` is called for a count that is none
 * (negative, absurd, a text): it is left out, so what is left is not everything.
 */
export function numbersOf(value: unknown, onFlaw: () => void = () => {}, depth = 0): RawUsage | undefined {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return sumsByType(value, onFlaw, depth);
  const out: Record<string, number | RawUsage> = {};
  let keys = 0;
  for (const key in value) {
    if (key.length > 64 || key === '__proto__' || !Object.hasOwn(value, key)) continue;
    const entry = (value as Record<string, unknown>)[key];
    const read = typeof entry === 'object' ? numbersOf(entry, onFlaw, depth + 1) : numberIn(key, entry, onFlaw);
    if (read === undefined) continue;
    if (keys >= MAX_KEYS) {
      onFlaw();
      break;
    }
    out[key] = read;
    keys += 1;
  }
  return keys === 0 ? undefined : out;
}

function numberIn(key: string, value: unknown, onFlaw: () => void): number | undefined {
  const isCount = COUNTED.test(key);
  if (typeof value === 'number' && value >= 0 && value <= MAX_COUNT) {
    // Half a token is none that anybody bills.
    if (isCount && key.endsWith('tokens') && !Number.isInteger(value)) onFlaw();
    return value;
  }
  if (isCount) onFlaw();
  return undefined;
}

function sumsByType(list: readonly unknown[], onFlaw: () => void, depth: number): RawUsage | undefined {
  const sums: Record<string, RawUsage> = {};
  for (const entry of list) {
    const numbers = numbersOf(entry, onFlaw, depth + 1);
    const type = typeof entry === 'object' && entry !== null && 'type' in entry ? entry.type : undefined;
    if (numbers === undefined || typeof type !== 'string' || !/^[a-z_]{1,40}$/.test(type)) continue;
    sums[type] = sumOf(sums[type], numbers);
  }
  return Object.keys(sums).length === 0 ? undefined : sums;
}

/** The number at a place of one, two or three keys. */
export function countAt(raw: RawUsage | undefined, first: string, second?: string, third?: string): number | undefined {
  let value = fieldOf(raw, first);
  if (second !== undefined) value = fieldOf(value, second);
  if (third !== undefined) value = fieldOf(value, third);
  return typeof value === 'number' ? value : undefined;
}

/** The object in it of that name. */
export function within(raw: RawUsage | undefined, key: string): RawUsage | undefined {
  const value = fieldOf(raw, key);
  return typeof value === 'object' ? value : undefined;
}

function fieldOf(value: number | RawUsage | undefined, key: string): number | RawUsage | undefined {
  return typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The largest of each number in both: Anthropic's stream reports cumulative counts, some of them only once. */
export function largestOf(a: RawUsage | undefined, b: RawUsage | undefined): RawUsage | undefined {
  return b === undefined ? a : merged(a, b, Math.max);
}

/** Both together, number by number. */
export function sumOf(a: RawUsage | undefined, b: RawUsage): RawUsage {
  return merged(a, b, (one, other) => one + other);
}

function merged(a: RawUsage | undefined, b: RawUsage, join: (a: number, b: number) => number): RawUsage {
  if (a === undefined) return b;
  const out: Record<string, number | RawUsage> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = out[key];
    if (typeof value === 'number') out[key] = typeof before === 'number' ? join(before, value) : value;
    else out[key] = merged(typeof before === 'object' ? before : undefined, value, join);
  }
  return out;
}

/** Drops what is unknown; undefined if nothing is left. Only seconds have fractions. */
export function definedUsage(usage: TokenUsage): TokenUsage | undefined {
  const out: Partial<Record<keyof TokenUsage, number>> = {};
  let known = false;
  for (const name in usage) {
    const key = name as keyof TokenUsage;
    const value = usage[key];
    if (value === undefined) continue;
    out[key] = key === 'audioSeconds' ? value : Math.round(value);
    known = true;
  }
  return known ? out : undefined;
}
