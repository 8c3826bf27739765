import type { ConfigPath, ConfigValue, PathPart } from './config-format.js';

/** Reading and changing the plain value of a configuration, as a text of it will be changed. */

type Mapping = Record<string, unknown>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Whether a list's item is the one that a path names. */
export function isItem(value: unknown, { item }: { readonly item: string }): boolean {
  return typeof value === 'string' ? value.startsWith(item) : isMapping(value) && value.name === item;
}

export function valueAt(config: unknown, path: ConfigPath): unknown {
  let value = config;
  for (const part of path) value = childOf(value, part);
  return value;
}

function childOf(value: unknown, part: PathPart): unknown {
  if (typeof part === 'string') return isMapping(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return Array.isArray(value) ? value.find((item) => isItem(item, part)) : undefined;
}

/** The part of the path that leads through something other than a mapping or list; undefined where it can be gone. */
export function obstacleOn(config: unknown, path: ConfigPath): ConfigPath | undefined {
  let value = config;
  for (const [i, part] of path.entries()) {
    // A list that has no items yet may stand there as null in YAML.
    if (value === undefined || (value === null && (i === 0 || typeof part !== 'string'))) return undefined;
    if (typeof part === 'string' ? !isMapping(value) : !Array.isArray(value)) return path.slice(0, i);
    value = childOf(value, part);
  }
  return undefined;
}

/** Changes `config` itself, making what leads there, and gives it; a `config` of nothing is a new mapping. */
export function putValue(config: unknown, path: ConfigPath, value: ConfigValue | undefined): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === 'string') {
    const mapping = isMapping(config) ? config : {};
    const next = putValue(mapping[part], rest, value);
    if (next === undefined) delete mapping[part];
    else mapping[part] = next;
    return mapping;
  }
  const list = Array.isArray(config) ? config : [];
  const at = list.findIndex((item) => isItem(item, part));
  const next = putValue(list[at], rest, value);
  if (next !== undefined) list.splice(at === -1 ? list.length : at, 1, next);
  else if (at !== -1) list.splice(at, 1);
  return list;
}

/** "env.ANTHROPIC_BASE_URL", "models[GPT]". */
export function pathText(path: ConfigPath): string {
  return path
    .map((part, i) => {
      if (typeof part !== 'string') return `[${part.item.replace(/=$/, '')}]`;
      return i === 0 ? part : `.${part}`;
    })
    .join('');
}
