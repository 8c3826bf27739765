import type { Tool } from './adapter.js';
import { aider } from './adapters/aider.js';
import { claudeCode } from './adapters/claude-code.js';
import { codex } from './adapters/codex.js';
import { continueDev } from './adapters/continue.js';
import { cline, cursor, jetbrains, langchain, vercelAiSdk, vscode } from './adapters/guided.js';
import { opencode } from './adapters/opencode.js';
import { zed } from './adapters/zed.js';

/** In the order that a list shows them. */
export const TOOLS: readonly Tool[] = [
  claudeCode,
  codex,
  opencode,
  aider,
  continueDev,
  zed,
  vscode,
  cline,
  jetbrains,
  cursor,
  vercelAiSdk,
  langchain,
];

/** By its id, or by what else a person may call it: "claude", "Claude Code". */
export function findTool(name: string): Tool | undefined {
  const wanted = plain(name);
  return TOOLS.find(({ id, title, programs }) => [id, title, ...programs].some((known) => plain(known) === wanted));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
