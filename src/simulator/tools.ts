import type { Plan } from './plan.js';
import { sampleOf } from './sample.js';

export interface OfferedTool {
  readonly name: string;
  /** JSON schema of its arguments. */
  readonly schema: unknown;
}

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Tools of coding agents that do no harm when called like this. */
const HARMLESS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Bash: { command: 'echo simulated', description: 'Print a word' },
  shell: { command: ['echo', 'simulated'] },
  shell_command: { command: 'echo simulated' },
  exec_command: { cmd: 'echo simulated' },
  local_shell: { command: ['echo', 'simulated'] },
};

/**
 * The tool an answer calls, if it calls one: the one the plan or the request names, else a harmless one of a coding
 * agent, else the first, with arguments made from its schema.
 */
export function chooseTool(
  tools: readonly OfferedTool[],
  plan: Plan,
  forced: string | undefined,
): ToolCall | undefined {
  if (plan.tools === 'none' || tools.length === 0) return undefined;
  const wanted = plan.tools ?? forced;
  const tool =
    tools.find(({ name }) => name === wanted) ??
    tools.find(({ name }) => Object.hasOwn(HARMLESS, name)) ??
    (tools[0] as OfferedTool);
  const harmless = Object.hasOwn(HARMLESS, tool.name) ? HARMLESS[tool.name] : undefined;
  return { name: tool.name, arguments: harmless ?? (sampleOf(tool.schema) as Record<string, unknown>) ?? {} };
}
