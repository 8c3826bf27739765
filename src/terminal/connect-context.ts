import os from 'node:os';
import { createKeys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import type { ProxyAddress, Tool } from '../tools/adapter.js';
import { type Connections, createConnections } from '../tools/connections.js';
import type { ConnectContext } from '../tools/context.js';
import { createReceipts } from '../tools/files/receipts.js';
import { findTool, TOOLS } from '../tools/registry.js';
import { printStatement } from './output.js';

/** This machine, as the adapters of tools see it. */
export function connectContext(): ConnectContext {
  return {
    env: process.env,
    homedir: os.homedir(),
    platform: process.platform,
    receipts: createReceipts(meshbarPaths().home),
  };
}

/** This machine's tools, and the keys that the proxies of this MESHBAR_HOME accept. */
export function connectionsAt(address: ProxyAddress): Connections {
  const keys = createKeys({ path: meshbarPaths().keys, onProblem: printStatement });
  return createConnections({ context: connectContext(), keys, address });
}

/** Throws MeshbarError (tool_unknown) that names those there are. */
export function toolNamed(name: string): Tool {
  const tool = findTool(name);
  if (tool) return tool;
  throw new MeshbarError('tool_unknown', { name, known: TOOLS.map(({ id }) => id).join(', ') });
}
