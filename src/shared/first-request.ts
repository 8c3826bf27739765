/** Whether a tool that was just connected comes: the first request since then, and what is said of it. Pure. */

/** How long it is waited for before a person is told what to check. */
export const FIRST_REQUEST_WAIT_MS = 60_000;

interface Begun {
  readonly startedAt: number;
  readonly tool: string;
}

/**
 * The first of the exchanges, oldest first, that began at `since` (Unix milliseconds) or later; of that tool alone where
 * one is named. Exchanges from before say nothing.
 */
export function firstSince<T extends Begun>(exchanges: readonly T[], since: number, tool?: string): T | undefined {
  return exchanges.find((one) => one.startedAt >= since && (tool === undefined || one.tool === tool));
}

export function firstRequestText({ tool, model }: { tool: string; model: string | undefined }): string {
  return `It works: a request from ${tool}${model === undefined ? '' : `, ${model}`}.`;
}

/** What to look at when nothing came, a sentence or two each. */
export function checksOfTool(title: string): readonly string[] {
  return [
    `Start ${title} anew: most tools read their settings when they start.`,
    'Settings of a project, a profile or the shell may count before the ones written here.',
    'A VPN or HTTP proxy may take requests to 127.0.0.1: NO_PROXY should name it.',
  ];
}

/** The same for a terminal, a line each. */
export function whatToCheck(title: string): readonly string[] {
  return [
    `No request from ${title} came within a minute. It stays connected. To check:`,
    ...checksOfTool(title).map((check) => `- ${check}`),
  ];
}
