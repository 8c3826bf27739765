import { isDeepStrictEqual } from 'node:util';
import { MeshbarError } from '../shared/errors.js';
import type { PreviewLine } from '../shared/tools.js';
import type { Message } from '../words/index.js';
import type { FileTool, ProxyAddress, ToolSetting } from './adapter.js';
import { type ConnectContext, invalid, lookAt, withSyntaxErrors } from './context.js';
import { exposedKeyRemarks } from './exposed-key.js';
import { type ConfigFile, writeConfigFile } from './files/config-file.js';
import { type Base, receiptOf } from './files/receipt-of.js';
import type { Receipt } from './files/receipts.js';
import { revert } from './files/revert.js';
import { lineAt } from './formats/config-format.js';
import { editText } from './formats/edit-text.js';
import { obstacleOn, pathText, valueAt } from './formats/values.js';
import { previewLine } from './preview.js';
import { toolStateOf } from './tool-state.js';

/** What connecting a tool would do; nothing is done before apply(). */
export interface ConnectPlan {
  /** The file that would be written, links followed. */
  readonly file: string;
  readonly makesFile: boolean;
  readonly state: ReturnType<typeof toolStateOf>;
  /** Empty: the tool is connected, and nothing is to be written. */
  readonly lines: readonly PreviewLine[];
  readonly remarks: readonly Message[];
  /**
   * Keeps what is needed to undo it, then writes; with `localKey` instead of the one it was planned with, since a key
   * need not be made before somebody has agreed. Rejects with MeshbarError (tool_file_changed where the file is no
   * longer what was planned on, tool_file_unwritable), nothing written.
   */
  apply(localKey?: string): Promise<void>;
}

/**
 * Plans to point a tool at the proxy. Rejects with MeshbarError: tool_file_unreadable, tool_file_invalid, and
 * tool_file_changed where keys of ours were changed by hand since they were written, unless `force` runs over them.
 */
export async function planConnect(
  tool: FileTool,
  address: ProxyAddress,
  context: ConnectContext,
  { force = false }: { force?: boolean } = {},
): Promise<ConnectPlan> {
  const { now, config, receipt } = await lookAt(tool, context);
  const state = toolStateOf(tool, config, address, receipt);
  const remarks = [...(tool.remarks?.(config) ?? []), ...exposedKeyRemarks(tool, now, context)];
  const shared = { file: now.file, makesFile: !now.bytes, state, remarks };
  if (state.status === 'connected') return { ...shared, lines: [], apply: async () => {} };
  if (state.status === 'changed' && !force) throw changedByHand(tool, now.file, state.keys);

  const base = baseOf(tool, now, receipt);
  const settings = withSyntaxErrors(now.file, tool, () => settingsFor(tool, address, now, base));
  // Here too, so that a file that can't be edited is told of before anybody is asked.
  const planned = editText(tool.format, base.text, settings);
  const lines = settings
    .filter(({ path, value }) => !isDeepStrictEqual(valueAt(config, path), value))
    .map((setting) => previewLine(setting, valueAt(config, setting.path), setting.role));
  return {
    ...shared,
    lines,
    async apply(localKey = address.localKey) {
      const isAsPlanned = localKey === address.localKey;
      const written = isAsPlanned ? settings : settingsFor(tool, { ...address, localKey }, now, base);
      const bytes = Buffer.from(isAsPlanned ? planned : editText(tool.format, base.text, written));
      const madeFolders = receipt?.madeFolders ?? [];
      const made = { ...receiptOf(base, written, bytes), tool: tool.id, file: now.file, madeFolders };
      // First, so that whatever happens next can be undone.
      await context.receipts.keep(made);
      try {
        const folders = await writeConfigFile(now, bytes);
        if (folders.length > 0) await context.receipts.keep({ ...made, madeFolders: folders });
      } catch (error) {
        await (receipt?.file === made.file ? context.receipts.keep(receipt) : context.receipts.drop(made));
        throw error;
      }
      if (receipt && receipt.file !== made.file) await context.receipts.drop(receipt);
    },
  };
}

/** The file as it would be without Meshbar: what disconnect will bring back. What was changed by hand stays in it. */
function baseOf(tool: FileTool, now: ConfigFile, receipt: Receipt | undefined): Base {
  const bytes = receipt ? withSyntaxErrors(now.file, tool, () => revert(tool.format, now, receipt)).bytes : now.bytes;
  const text = bytes?.toString('utf8') ?? '';
  return { bytes, text, config: tool.format.parse(text) };
}

function settingsFor(tool: FileTool, address: ProxyAddress, now: ConfigFile, { text, config }: Base): ToolSetting[] {
  const settings = tool
    .settings(address)
    .filter(({ role, path }) => role !== 'optional' || valueAt(config, path) === undefined);
  for (const { path } of settings) {
    const obstacle = obstacleOn(config, path);
    if (obstacle === undefined) continue;
    const name = String(obstacle.at(-1));
    const line = lineAt(text, Math.max(0, text.indexOf(name)));
    throw invalid(now.file, tool, line, { why: 'obstacle', key: pathText(obstacle), tool: tool.title });
  }
  return settings;
}

function changedByHand(tool: FileTool, file: string, keys: readonly string[]): MeshbarError {
  return new MeshbarError('tool_file_changed', { why: 'connecting', keys: keys.join(', '), file, tool: tool.title });
}
