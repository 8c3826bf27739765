/** Whether a tool that was just connected sends a request. Pure. */

/** How long to wait before a person is shown what to check. */
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
