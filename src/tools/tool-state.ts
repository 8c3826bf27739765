import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { toMeshbarError } from '../shared/errors.js';
import { PROVIDER_NAMES } from '../shared/providers.js';
import type { ToolId, ToolState } from '../shared/tools.js';
import type { Message } from '../words/index.js';
import type { FileTool, ProxyAddress, Surroundings, Tool, ToolSetting } from './adapter.js';
import { type ConnectContext, lookAt } from './context.js';
import { exposedKeyRemarks } from './exposed-key.js';
import type { Receipt } from './files/receipts.js';
import { isChangedByHand } from './files/revert.js';
import { isMapping, pathText, valueAt } from './formats/values.js';
import { pointingOf } from './pointing.js';

/** A tool, and how it stands to the proxy. */
export interface InspectedTool {
  readonly id: ToolId;
  readonly title: string;
  /** Whether it seems to be on this machine: its file or one of its commands is there. */
  readonly found: boolean;
  /** As the tool is told it; links are not followed. */
  readonly file?: string;
  /** Meshbar wrote into its files: disconnecting brings back what was there. */
  readonly isOurs: boolean;
  readonly state: ToolState;
  readonly remarks: readonly Message[];
}

/** Looks at a tool's files, for the proxy at `address`. Never rejects. */
export async function inspectTool(tool: Tool, address: ProxyAddress, context: ConnectContext): Promise<InspectedTool> {
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
    const state = toolStateOf(tool, config, address, receipt);
    const found = now.bytes !== undefined || hasProgram(tool.programs, context);
    const exposed = state.status === 'connected' ? exposedKeyRemarks(tool, now, context) : [];
    return { id, title, found, file, isOurs, state, remarks: [...(tool.remarks?.(config) ?? []), ...exposed] };
  } catch (error) {
    const reason = toMeshbarError(error).facts;
    return { id, title, found: true, file, isOurs, state: { status: 'unreadable', reason }, remarks: [] };
  }
}

/** Of a file that could be read. */
export function toolStateOf(
  tool: FileTool,
  config: unknown,
  address: ProxyAddress,
  receipt: Receipt | undefined,
): Exclude<ToolState, { status: 'unreadable' }> {
  const changed = receipt?.changes.filter((change) => isChangedByHand(config, change)) ?? [];
  const settings = tool.settings(address).filter(({ role }) => role !== 'optional');
  const wrong = settings.filter(({ path: at, value }) => !isDeepStrictEqual(valueAt(config, at), value));
  if (wrong.length === 0) return { status: 'connected' };
  if (changed.length > 0) return { status: 'changed', keys: changed.map(({ path: at }) => pathText(at)) };
  const elsewhere = tool.goesElsewhere?.(config, address) ?? addressOf(wrong, config);
  if (elsewhere !== undefined) {
    const status = whereTo(elsewhere, address);
    // By a provider of another name, such as one that somebody wrote into Codex's settings.
    if (status === 'here') return { status: 'incomplete', missing: wrong.map(({ path: at }) => pathText(at)) };
    return { status, address: elsewhere };
  }
  if (wrong.every((setting) => isOldKey(setting, valueAt(config, setting.path)))) return { status: 'stale-key' };
  if (wrong.length === settings.length) return { status: 'not-connected' };
  // One that has no address of ours has nothing of ours that matters.
  const hasAddress = settings.some((setting) => setting.role === 'address' && !wrong.includes(setting));
  return hasAddress
    ? { status: 'incomplete', missing: wrong.map(({ path: at }) => pathText(at)) }
    : { status: 'not-connected' };
}

/** Where another address than ours leads: "http://… (provider x)", "provider x". */
function whereTo(elsewhere: string, { url }: ProxyAddress): 'here' | 'wrong-path' | 'old-address' | 'elsewhere' {
  const [start = ''] = elsewhere.split(' ');
  if (!URL.canParse(start)) return 'elsewhere';
  const pointings = PROVIDER_NAMES.map((name) => pointingOf(start, name, url));
  if (pointings.includes('ours')) return 'here';
  if (pointings.includes('wrong_path')) return 'wrong-path';
  return pointings.includes('old') ? 'old-address' : 'elsewhere';
}

/** Another key where ours should be, or an entry of ours with nothing but another key. */
function isOldKey({ role, value }: ToolSetting, now: unknown): boolean {
  if (role === 'key') return now !== undefined;
  return isMapping(value) && isMapping(now) && isDeepStrictEqual(withoutKeys(value), withoutKeys(now));
}

function withoutKeys(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !/key/i.test(name)));
}

/** Another address where ours should be. */
function addressOf(wrong: readonly ToolSetting[], config: unknown): string | undefined {
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
