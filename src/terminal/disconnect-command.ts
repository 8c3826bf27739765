import type { FileTool } from '../tools/adapter.js';
import { TOOLS } from '../tools/registry.js';
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
  if (tools.length === 0) print('No tool is connected.');
  let code: number = EXIT.ok;
  for (const tool of tools) {
    try {
      await disconnect(tool, options);
    } catch (error) {
      // One that can't be undone keeps no other from it.
      printError(error);
      code = EXIT.failed;
    }
  }
  return code;

  async function connectedTools(): Promise<FileTool[]> {
    const isConnected = await Promise.all(
      TOOLS.map(({ id }) =>
        // What can't be read is told of where that tool's turn comes.
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
  throw new Error(`Meshbar does not write settings of ${tool.title}: take them out where you put them in.`);
}

async function disconnect(tool: FileTool, options: DisconnectOptions): Promise<void> {
  // Where the proxy is does not matter to what is taken out.
  const plans = await connectionsAt({ url: '', localKey: '' }).disconnect(tool, options);
  if (options.dryRun) {
    for (const plan of plans.files) {
      print(`${tool.title}: ${plan.removesFile ? 'this file goes, Meshbar made it' : 'in this file'}: ${plan.file}`);
      print(previewText(plan.lines));
    }
    return;
  }
  await plans.apply((plan) => {
    if (plan.isExact) print(`${tool.title} is disconnected: ${plan.file} is as it was.`);
    else {
      print(`${tool.title} is disconnected: ${plan.file} has been changed since, so Meshbar’s keys alone were undone.`);
    }
  });
}
