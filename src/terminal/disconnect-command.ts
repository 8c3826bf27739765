import type { FileTool } from '../tools/adapter.js';
import { TOOLS } from '../tools/registry.js';
import { t } from '../words/index.js';
import { connectContext, connectionsAt, toolNamed } from './connect-context.js';
import { previewText } from './connect-lines.js';
import { EXIT, print, printError } from './output.js';

export interface DisconnectOptions {
  readonly all: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** Undoes what connecting did to a tool's files, or to all tools' files; gives the exit code. */
export async function runDisconnect(name: string | undefined, options: DisconnectOptions): Promise<number> {
  const context = connectContext();
  let tools: FileTool[];
  try {
    tools = name === undefined ? await connectedTools() : [fileTool(name)];
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
  if (tools.length === 0) print(t('terminal.tools.noneConnected'));
  let code: number = EXIT.ok;
  for (const tool of tools) {
    try {
      await disconnect(tool, options);
    } catch (error) {
      // One that can't be undone does not stop the others.
      printError(error);
      code = EXIT.failed;
    }
  }
  return code;

  async function connectedTools(): Promise<FileTool[]> {
    const isConnected = await Promise.all(
      TOOLS.map(({ id }) =>
        // A receipt that can't be read is reported when it is that tool's turn.
        context.receipts.all(id).then(
          (all) => all.length > 0,
          () => true,
        ),
      ),
    );
    return TOOLS.filter((tool, i): tool is FileTool => tool.kind === 'file' && isConnected[i] === true);
  }
}

function fileTool(name: string): FileTool {
  const tool = toolNamed(name);
  if (tool.kind === 'file') return tool;
  throw new Error(t('terminal.tools.notOurs', { tool: tool.title }));
}

async function disconnect(tool: FileTool, options: DisconnectOptions): Promise<void> {
  // What is removed does not depend on where the proxy is.
  const plans = await connectionsAt({ url: '', localKey: '' }).disconnect(tool, options);
  if (options.dryRun) {
    for (const plan of plans.files) {
      const what = { tool: tool.title, file: plan.file };
      print(t(plan.removesFile ? 'terminal.tools.undoNewFile' : 'terminal.tools.undo', what));
      print(previewText(plan.lines));
    }
    return;
  }
  await plans.apply((plan) => {
    const what = { tool: tool.title, file: plan.file };
    print(t(plan.isExact ? 'terminal.tools.restored' : 'terminal.tools.partlyRestored', what));
  });
}
