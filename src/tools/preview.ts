import { KEY_PREFIX } from '../shared/keys.js';
import type { PreviewLine } from '../shared/tools.js';
import type { ToolSetting } from './adapter.js';
import type { Change } from './formats/edit-text.js';
import { isMapping, pathText } from './formats/values.js';

const SECRET = /key|token|secret|password/i;

export function previewLine(change: Change, before: unknown, role?: ToolSetting['role']): PreviewLine {
  const isSecret = role === 'key';
  return {
    key: pathText(change.path),
    before: shown(before, isSecret),
    after: shown(change.value, isSecret),
  };
}

function shown(value: unknown, isSecret: boolean): string | undefined {
  if (value === undefined) return undefined;
  return JSON.stringify(masked(value, isSecret));
}

/** A secret by its place, or by the name of the key it is under. */
function masked(value: unknown, isSecret: boolean): unknown {
  if (isSecret) return typeof value === 'string' ? maskKey(value) : '…';
  if (Array.isArray(value)) return value.map((item) => masked(item, false));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, masked(child, SECRET.test(key))]));
}

/** The first characters of a key, where it is long enough for them to tell nothing. */
export function maskKey(key: string): string {
  if (key.startsWith(KEY_PREFIX)) return `${KEY_PREFIX}…`;
  return key.length < 12 ? '…' : `${key.slice(0, 4)}…`;
}
