import path from 'node:path';
import { PROVIDER_NAMES } from '../shared/providers.js';
import { shownAddress } from '../shared/shown-address.js';
import type { FileTool } from './adapter.js';
import { claudeCode } from './adapters/claude-code.js';
import { NEW_KEY } from './connections.js';
import type { ConnectContext } from './context.js';
import { keysInFile } from './keys-of.js';
import { pointingOf } from './pointing.js';
import { TOOLS } from './registry.js';
import type { Expected, ToolConfigs, ToolStanding } from './tool-standing.js';
import { reportTool } from './tool-state.js';

/** Tells the doctor what connecting knows of tools: neither room knows the other. `cwd`: a project's own settings. */
export function createToolConfigs(context: ConnectContext, cwd: string | undefined): ToolConfigs {
  const projects = cwd === undefined ? [] : ['settings.json', 'settings.local.json'];
  return {
    async inspect(expected) {
      const states = await Promise.all([
        ...TOOLS.map((tool) => (tool.kind === 'file' ? inspect(tool, context, expected) : undefined)),
        ...projects.map((name) => inspectProject(path.join(cwd ?? '', '.claude', name), context, expected)),
      ]);
      return states.filter((state) => state !== undefined);
    },
  };
}

/** Claude Code's settings of a project count before the user's; they matter where they name an address. */
async function inspectProject(file: string, context: ConnectContext, expected: Expected) {
  const state = await inspect({ ...claudeCode, file: () => file, programs: [] }, context, expected);
  if (!state || state.standing === 'unconnected') return undefined;
  return { ...state, remedy: { text: 'Take the address out of these settings of the project.' } };
}

async function inspect(tool: FileTool, context: ConnectContext, expected: Expected): Promise<ToolStanding | undefined> {
  const localKey = await keyThatIsTaken(await keysInFile(tool, context), expected);
  const report = await reportTool(tool, { url: expected.url, localKey }, context);
  if (!report.found) return undefined;
  const { state } = report;
  const name = tool.title;
  const file = report.file ?? tool.file(context);
  const remedy = { text: 'Connect it:', command: `meshbar connect ${tool.id}` };
  switch (state.status) {
    case 'connected':
      return { name, file, standing: 'connected' };
    case 'not-connected':
      return { name, file, standing: 'unconnected', remedy };
    case 'stale-key':
      return { name, file, standing: 'wrong_key', remedy };
    case 'incomplete':
      return { name, file, standing: 'incomplete', remark: `It lacks ${state.missing.join(', ')}.`, remedy };
    case 'changed':
      return {
        name,
        file,
        standing: 'changed',
        remark: `Changed: ${state.keys.join(', ')}.`,
        remedy: { text: 'To have it as Meshbar wrote it:', command: `${remedy.command} --force` },
      };
    case 'elsewhere':
      return { name, file, ...elsewhere(state.address, expected), remedy };
    default:
      return { name, file, standing: 'unreadable' };
  }
}

function elsewhere(address: string, { url }: Expected): Pick<ToolStanding, 'standing' | 'remark'> {
  // "http://… (provider x)", "provider x"
  const [start = ''] = address.split(' ');
  if (!URL.canParse(start)) return { standing: 'elsewhere', remark: `It goes to ${address}.` };
  const pointings = PROVIDER_NAMES.map((name) => pointingOf(start, name, url));
  const remark = `It leads to ${shownAddress(start)}.`;
  // By a provider of another name, such as one that somebody wrote into Codex's settings.
  if (pointings.includes('ours')) return { standing: 'incomplete', remark };
  if (pointings.includes('wrong_path')) return { standing: 'wrong_path', remark };
  return { standing: pointings.includes('old') ? 'old_address' : 'elsewhere', remark };
}

async function keyThatIsTaken(keys: readonly string[], { insecure, takes }: Expected): Promise<string> {
  for (const key of keys) if (insecure || (await takes(key)) !== false) return key;
  return NEW_KEY;
}
