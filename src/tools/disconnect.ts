import { MeshbarError } from '../shared/errors.js';
import type { PreviewLine } from '../shared/tools.js';
import type { FileTool } from './adapter.js';
import { type ConnectContext, lookAt, withSyntaxErrors } from './context.js';
import { removeConfigFile, writeConfigFile } from './files/config-file.js';
import type { Receipt } from './files/receipts.js';
import { revert } from './files/revert.js';
import { pathText, valueAt } from './formats/values.js';
import { previewLine } from './preview.js';

/** What disconnecting one file of a tool would do; nothing is done before apply(). */
export interface DisconnectPlan {
  readonly file: string;
  /** The file goes: Meshbar had made it, and nothing else is in it. */
  readonly removesFile: boolean;
  /** Nothing has changed since: the very bytes come back. Otherwise our keys alone are taken out. */
  readonly isExact: boolean;
  readonly lines: readonly PreviewLine[];
  apply(): Promise<void>;
}

/**
 * Plans to undo what Meshbar did to a tool's files, wherever they are. Rejects with MeshbarError: tool_not_connected
 * where it did nothing; tool_file_changed where keys of ours were changed by hand, unless `force` sets them back too;
 * tool_file_unreadable and tool_file_invalid.
 */
export async function planDisconnect(
  tool: FileTool,
  context: ConnectContext,
  { force = false }: { force?: boolean } = {},
): Promise<DisconnectPlan[]> {
  const receipts = await context.receipts.all(tool.id);
  if (receipts.length === 0) {
    throw new MeshbarError('tool_not_connected', { tool: tool.title });
  }
  return Promise.all(receipts.map((receipt) => planFile(tool, receipt, context, force)));
}

async function planFile(
  tool: FileTool,
  receipt: Receipt,
  context: ConnectContext,
  force: boolean,
): Promise<DisconnectPlan> {
  const { file } = receipt;
  const { now, config } = await lookAt(tool, context, file);
  const { bytes, changedByHand } = withSyntaxErrors(file, tool, () => revert(tool.format, now, receipt, force));
  if (changedByHand.length > 0 && !force) {
    const keys = changedByHand.map(pathText).join(', ');
    throw new MeshbarError('tool_file_changed', { why: 'disconnecting', keys, file });
  }
  const lines = receipt.changes.map((change) => {
    const role = tool
      .settings({ url: '', localKey: '' })
      .find((one) => pathText(one.path) === pathText(change.path))?.role;
    return previewLine({ path: change.path, value: change.before }, valueAt(config, change.path), role);
  });
  const isUnchanged = now.bytes === undefined ? bytes === undefined : bytes?.equals(now.bytes);
  return {
    file,
    removesFile: now.bytes !== undefined && bytes === undefined,
    isExact: receipt.before === null ? bytes === undefined : bytes?.toString('base64') === receipt.before,
    lines: lines.filter(({ before, after }) => before !== after),
    async apply() {
      if (bytes && !isUnchanged) await writeConfigFile(now, bytes);
      else if (!bytes && now.bytes) await removeConfigFile(now, receipt.madeFolders);
      await context.receipts.drop(receipt);
    },
  };
}
