import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FileTool, ProxyAddress } from '../../src/tools/adapter.js';
import type { ConnectContext } from '../../src/tools/context.js';
import { createReceipts } from '../../src/tools/files/receipts.js';
import { TOOLS } from '../../src/tools/registry.js';
import { tempFolder } from '../helpers/temp-folder.js';

export const ADDRESS: ProxyAddress = { url: 'http://127.0.0.1:8766', localKey: 'local-key-of-these-tests' };

export const FILE_TOOLS = TOOLS.filter((tool): tool is FileTool => tool.kind === 'file');

/** A user's machine: a home folder, Meshbar's own folder, and what a tool's adapter is told of them. */
export function createMachine(env: NodeJS.ProcessEnv = {}) {
  const homedir = tempFolder();
  const meshbarHome = path.join(homedir, 'meshbar');
  const context: ConnectContext = { env, homedir, platform: 'linux', receipts: createReceipts(meshbarHome) };
  return {
    homedir,
    meshbarHome,
    context,
    /** Puts a text where the tool reads it. */
    write(tool: FileTool, text: string): string {
      const file = tool.file(context);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    read: (tool: FileTool) => readFileSync(tool.file(context), 'utf8'),
  };
}
