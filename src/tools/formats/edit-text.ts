import { isDeepStrictEqual } from 'node:util';
import { MeshbarError } from '../../shared/errors.js';
import type { ConfigFormat, ConfigPath, ConfigValue } from './config-format.js';
import { putValue, valueAt } from './values.js';

/** What shall stand at a path; undefined: nothing. */
export interface Change {
  readonly path: ConfigPath;
  readonly value: ConfigValue | undefined;
}

/**
 * The text with the changes in it, and nothing else different: what came out is parsed and held against what was meant.
 * Throws ConfigSyntaxError for a text that is not of the format, MeshbarError (internal) for an edit that went wrong.
 */
export function editText(format: ConfigFormat, text: string, changes: readonly Change[]): string {
  let edited = text;
  let expected = format.parse(text);
  for (const { path, value } of changes) {
    if (isDeepStrictEqual(valueAt(expected, path), value)) continue;
    edited = value === undefined ? format.remove(edited, path) : format.set(edited, path, value);
    expected = withoutImplied(putValue(expected, path, value), edited, path, format);
  }
  if (edited === text) return text;
  if (!isDeepStrictEqual(parsedOrNothing(format, edited) ?? {}, expected ?? {})) {
    throw new MeshbarError('internal', { why: 'unsafe_edit', format: format.name });
  }
  return edited;
}

/** TOML's outer tables go with their last inner one, unless they have a header of their own; YAML's last item leaves null. */
function withoutImplied(expected: unknown, edited: string, path: ConfigPath, format: ConfigFormat): unknown {
  const now = parsedOrNothing(format, edited);
  let pruned = expected;
  for (let length = path.length - 1; length > 0; length--) {
    const parent = path.slice(0, length);
    const left = valueAt(pruned, parent);
    const found = valueAt(now, parent);
    if (isDeepStrictEqual(left, {}) && found === undefined) pruned = putValue(pruned, parent, undefined);
    if (isDeepStrictEqual(left, []) && found === null) pruned = putValue(pruned, parent, null);
  }
  return pruned;
}

function parsedOrNothing(format: ConfigFormat, text: string): unknown {
  try {
    return format.parse(text);
  } catch {
    return undefined;
  }
}
