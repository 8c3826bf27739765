import type { Tool } from './adapter.js';
import { claudeCode } from './tools/claude-code.js';
import { codex } from './tools/codex.js';
import { opencode } from './tools/opencode.js';

/** In the order that a list shows them. */
export const TOOLS: readonly Tool[] = [claudeCode, codex, opencode];

/** By its id, or by what else a person may call it: "claude", "Claude Code". */
export function findTool(name: string): Tool | undefined {
  const wanted = plain(name);
  return TOOLS.find(({ id, title, programs }) => [id, title, ...programs].some((known) => plain(known) === wanted));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
