import { providerOf } from '../providers/registry.js';
import type { ProviderName } from '../shared/providers.js';

/**
 * Which names are one model's. A match counts for a listed name, for one with a date or "-latest" behind it, and for
 * nothing else: "claude-opus-4-85" is not claude-opus-4-8, whatever it begins with.
 */

const LATEST = '-latest';
/** "-2026-03-05", "-20251001", "@20250514". */
const DATE = /[-@](20\d{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])$/;

/**
 * A name as lists have it: in lower case, without a prefix that names the provider. A fine-tuned model goes by what was
 * tuned: "ft:gpt-4o-2024-08-06" of "ft:gpt-4o-2024-08-06:my-org:my-name:id".
 */
export function plainName(providerName: ProviderName, model: string): string {
  const given = model.trim().toLowerCase();
  const prefix = providerOf(providerName).modelPrefixes.find((one) => given.startsWith(one));
  const name = prefix === undefined ? given : given.slice(prefix.length);
  return name.startsWith('ft:') ? name.split(':', 2).join(':') : name;
}

/** The name without the date or "-latest" at its end; undefined where it has neither. */
export function undated(name: string): string | undefined {
  if (name.endsWith(LATEST)) return name.slice(0, -LATEST.length);
  const date = DATE.exec(name);
  return date ? name.slice(0, date.index) : undefined;
}

/** Looks a plain name up: as it is, then without its date. */
export function findNamed<T>(name: string, listed: (name: string) => T | undefined): T | undefined {
  const found = listed(name);
  if (found !== undefined) return found;
  const base = undated(name);
  return base === undefined ? undefined : listed(base);
}
