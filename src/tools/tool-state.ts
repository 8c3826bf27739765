import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { toMeshbarError } from '../shared/errors.js';
import type { ToolReport, ToolState } from '../shared/tools.js';
import { errorText } from '../words/index.js';
import type { FileTool, ProxyAddress, Setting, Surroundings, Tool } from './adapter.js';
import { type ConnectContext, lookAt } from './context.js';
import { exposedKeyRemarks } from './exposed-key.js';
import type { Receipt } from './files/receipts.js';
import { isChangedByHand } from './files/revert.js';
import { isMapping, pathText, valueAt } from './formats/values.js';

/** How a tool stands to the proxy at `address`. Never rejects. */
export async function reportTool(tool: Tool, address: ProxyAddress, context: ConnectContext): Promise<ToolReport> {
  const { id, title } = tool;
  if (tool.kind === 'guided') {
    const state: ToolState = { status: 'by-hand', possible: tool.possible };
    return { id, title, found: hasProgram(tool.programs, context), isOurs: false, state, remarks: [] };
  }
  const file = tool.file(context);
  // Wherever they are: a variable that names another file now does not undo what was written to the one before.
  const isOurs = (await context.receipts.all(id).catch(() => [])).length > 0;
  try {
    const { now, config, receipt } = await lookAt(tool, context);
    const state = stateOf(tool, config, address, receipt);
    const found = now.bytes !== undefined || hasProgram(tool.programs, context);
    const exposed = state.status === 'connected' ? exposedKeyRemarks(tool, now, context) : [];
    return { id, title, found, file, isOurs, state, remarks: [...(tool.remarks?.(config) ?? []), ...exposed] };
  } catch (error) {
    const { message } = errorText(toMeshbarError(error).facts, 'terminal');
    return { id, title, found: true, file, isOurs, state: { status: 'unreadable', reason: message }, remarks: [] };
  }
}

export function stateOf(
  tool: FileTool,
  config: unknown,
  address: ProxyAddress,
  receipt: Receipt | undefined,
): ToolState {
  const changed = receipt?.changes.filter((change) => isChangedByHand(config, change)) ?? [];
  const settings = tool.settings(address).filter(({ role }) => role !== 'optional');
  const wrong = settings.filter(({ path: at, value }) => !isDeepStrictEqual(valueAt(config, at), value));
  if (wrong.length === 0) return { status: 'connected' };
  if (changed.length > 0) return { status: 'changed', keys: changed.map(({ path: at }) => pathText(at)) };
  const elsewhere = tool.goesElsewhere?.(config, address) ?? addressOf(wrong, config);
  if (elsewhere !== undefined) return { status: 'elsewhere', address: elsewhere };
  if (wrong.every((setting) => isOldKey(setting, valueAt(config, setting.path)))) return { status: 'stale-key' };
  if (wrong.length === settings.length) return { status: 'not-connected' };
  // One that has no address of ours has nothing of ours that matters.
  const hasAddress = settings.some((setting) => setting.role === 'address' && !wrong.includes(setting));
  return hasAddress
    ? { status: 'incomplete', missing: wrong.map(({ path: at }) => pathText(at)) }
    : { status: 'not-connected' };
}

/** Another key where ours should be, or an entry of ours with nothing but another key. */
function isOldKey({ role, value }: Setting, now: unknown): boolean {
  if (role === 'key') return now !== undefined;
  return isMapping(value) && isMapping(now) && isDeepStrictEqual(withoutKeys(value), withoutKeys(now));
}

function withoutKeys(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !/key/i.test(name)));
}

/** Another address where ours should be. */
function addressOf(wrong: readonly Setting[], config: unknown): string | undefined {
  const values = wrong.filter(({ role }) => role === 'address').map(({ path: at }) => valueAt(config, at));
  return values.find((value) => typeof value === 'string');
}

function hasProgram(programs: readonly string[], { env, platform }: Surroundings): boolean {
  const folders = (env.PATH ?? '').split(platform === 'win32' ? ';' : ':').filter((folder) => folder !== '');
  const endings = platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return folders.some((folder) =>
    programs.some((program) => endings.some((ending) => isRunnable(path.join(folder, program + ending)))),
  );
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
