import type { AppState } from '../../../shared/ipc.js';

/** What comes next for whoever has nothing to see yet. Pure. */

/** These say why themselves, in large. */
const OBSTACLES = ['signed_out', 'expired', 'signing_in', 'no_project', 'access_denied'] as const;
type Obstacle = (typeof OBSTACLES)[number];
export type NextStep = Obstacle | 'fix' | 'start' | 'started' | 'connect' | 'wait';

export function nextStepOf({ status, waiting }: Pick<AppState, 'status' | 'waiting'>): NextStep {
  const { state, cause } = status;
  switch (cause?.kind) {
    case 'signed_out':
    case 'no_project':
      return cause.kind;
    case 'session_ended':
      return 'expired';
    case 'start_failed':
      return cause.error.code === 'project_access_denied' ? 'access_denied' : 'fix';
  }
  if (cause?.kind === 'signing_in' && state !== 'running') return 'signing_in';
  if (state === 'starting') return 'started';
  if (state === 'stopped' || state === 'stopping') return 'start';
  return waiting ? 'wait' : 'connect';
}

/** Whether that step says what is in the way, so that the head need not. */
export function saysWhy(step: NextStep): boolean {
  return (OBSTACLES as readonly NextStep[]).includes(step);
}
