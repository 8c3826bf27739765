import type { UsagePush } from '../../../shared/ipc.js';
import type { Outcome } from '../../../shared/usage.js';

/** From "copied" to "it works": which request was the first after a copy. Pure. */

/** After this a person is told what to check, in milliseconds. */
export const CHECK_AFTER_MS = 60_000;

export interface FirstRequest {
  readonly id: string;
  readonly tool: string;
  readonly model: string | undefined;
  /** Undefined while it runs. */
  readonly outcome: Outcome | undefined;
  readonly errorReason: string | undefined;
}

/**
 * The first request that began at `copiedAt` (Unix milliseconds) or later. One that is known already stays the one, and
 * learns what the push says of it; without news the same object is given back.
 */
export function firstRequest(
  before: FirstRequest | undefined,
  { active, ended }: Pick<UsagePush, 'active' | 'ended'>,
  copiedAt: number,
): FirstRequest | undefined {
  const all: (FirstRequest & { startedAt: number })[] = [
    ...ended.map(({ id, startedAt, tool, responseModel, requestModel, outcome, errorReason }) => {
      return { id, startedAt, tool, model: responseModel ?? requestModel, outcome, errorReason };
    }),
    ...active.map(({ id, startedAt, tool, model }) => {
      return { id, startedAt, tool, model, outcome: undefined, errorReason: undefined };
    }),
  ];
  const candidates = all
    .filter(({ id, startedAt }) => (before ? id === before.id : startedAt >= copiedAt))
    .sort((a, b) => a.startedAt - b.startedAt);
  const found = candidates[0];
  if (!found || before?.outcome !== undefined) return before;
  const { startedAt: _order, ...first } = found;
  if (before && before.model === first.model && before.outcome === first.outcome) return before;
  return { ...first, model: first.model ?? before?.model };
}

/** One line: "It works: Claude Code, claude-sonnet-4-6". */
export function firstRequestText({ tool, model, outcome, errorReason }: FirstRequest): string {
  const who = model === undefined ? tool : `${tool}, ${model}`;
  if (outcome !== 'failed') return `It works: ${who}`;
  return `${who} reached Meshbar, but the request failed${errorReason ? `: ${errorReason}` : '.'}`;
}
