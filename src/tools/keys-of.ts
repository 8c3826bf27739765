import { isDeepStrictEqual } from 'node:util';
import type { FileTool, ToolSetting } from './adapter.js';
import { type ConnectContext, lookAt } from './context.js';
import { isMapping, valueAt } from './formats/values.js';

/** Stands where a key goes, to find that place. */
const MARK = 'mb-where-the-key-goes';

/** Whether the tool's file holds a key at all: some are entered elsewhere by hand. */
export function holdsKey(tool: FileTool): boolean {
  return marked(tool).length > 0;
}

/** The keys that stand in the tool's file where ours go, whoever wrote them; none where it can't be read. Secrets. */
export async function keysInFile(tool: FileTool, context: ConnectContext): Promise<string[]> {
  try {
    const { config } = await lookAt(tool, context);
    return marked(tool).flatMap((setting) => keysIn(setting.value, valueAt(config, setting.path)));
  } catch {
    return [];
  }
}

/** The keys that Meshbar itself wrote to the tool's files and has not taken out since. Secrets. */
export async function keysWritten(tool: FileTool, { receipts }: ConnectContext): Promise<string[]> {
  const changes = (await receipts.all(tool.id)).flatMap((receipt) => receipt.changes);
  const places = marked(tool);
  const keys = changes
    .filter(({ wrote, before }) => !isDeepStrictEqual(wrote, before))
    .flatMap(({ path, wrote }) => {
      const place = places.find((setting) => isDeepStrictEqual(setting.path, path));
      return place ? keysIn(place.value, wrote) : [];
    });
  return [...new Set(keys)];
}

function marked(tool: FileTool): ToolSetting[] {
  return tool.settings({ url: '', localKey: MARK }).filter(({ value }) => JSON.stringify(value).includes(MARK));
}

/** What is in `value` where the mark is in `pattern`. */
function keysIn(pattern: unknown, value: unknown): string[] {
  if (pattern === MARK) return typeof value === 'string' ? [value] : [];
  if (!isMapping(pattern) || !isMapping(value)) return [];
  return Object.entries(pattern).flatMap(([name, inner]) => keysIn(inner, value[name]));
}
