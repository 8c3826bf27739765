import path from 'node:path';
import type { FileTool } from './adapter.js';
import { claudeCode } from './adapters/claude-code.js';
import { NEW_KEY } from './connections.js';
import type { ConnectContext } from './context.js';
import { keysInFile } from './keys-of.js';
import { TOOLS } from './registry.js';
import { type InspectedTool, inspectTool } from './tool-state.js';

/** What a tool has to be told. */
export interface Expected {
  /** Without a trailing slash. */
  readonly url: string;
  /** Any key will do. */
  readonly insecure: boolean;
  /** Whether a key is one that the proxy takes; undefined: it can't be told, such as where none has been made yet. */
  takes(key: string): Promise<boolean | undefined>;
}

/** One settings file of a tool. */
export interface InspectedFile extends InspectedTool {
  readonly file: string;
  /** It belongs to the project in the current folder, and takes precedence over the user's. */
  readonly isProjects: boolean;
}

/**
 * Looks at each settings file that is there, also those that Meshbar never wrote. `cwd`: the folder of a project, whose
 * own settings are looked at too. Never rejects.
 */
export async function inspectFiles(
  context: ConnectContext,
  expected: Expected,
  cwd: string | undefined,
): Promise<readonly InspectedFile[]> {
  const own = TOOLS.flatMap((tool) => (tool.kind === 'file' ? [inspectFile(tool, context, expected)] : []));
  // They matter where they name an address.
  const projects = (cwd === undefined ? [] : ['settings.json', 'settings.local.json']).map(async (name) => {
    const file = path.join(cwd as string, '.claude', name);
    const found = await inspectFile({ ...claudeCode, file: () => file, programs: [] }, context, expected);
    return found && found.state.status !== 'not-connected' ? { ...found, isProjects: true } : undefined;
  });
  return (await Promise.all([...own, ...projects])).filter((found) => found !== undefined);
}

async function inspectFile(
  tool: FileTool,
  context: ConnectContext,
  expected: Expected,
): Promise<InspectedFile | undefined> {
  const localKey = await keyThatIsTaken(await keysInFile(tool, context), expected);
  const inspected = await inspectTool(tool, { url: expected.url, localKey }, context);
  if (!inspected.found) return undefined;
  return { ...inspected, file: inspected.file ?? tool.file(context), isProjects: false };
}

async function keyThatIsTaken(keys: readonly string[], { insecure, takes }: Expected): Promise<string> {
  for (const key of keys) if (insecure || (await takes(key)) !== false) return key;
  return NEW_KEY;
}
