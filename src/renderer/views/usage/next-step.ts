import type { ErrorInfo } from '../../../shared/errors.js';
import type { AppState } from '../../../shared/ipc.js';
import { type Obstacle, obstacleOf } from '../session/session-words.js';

/** What comes next for whoever has nothing to see yet. Pure. */

export type NextStep = Exclude<Obstacle, 'offline'> | 'mend' | 'start' | 'started' | 'connect' | 'wait';

export function nextStepOf({ session, proxy, waiting }: Pick<AppState, 'session' | 'proxy' | 'waiting'>): NextStep {
  const obstacle = obstacleOf(session, proxy);
  if (obstacle && obstacle !== 'offline') return obstacle;
  if (proxy.status === 'failed') return 'mend';
  if (proxy.status === 'starting') return 'started';
  if (proxy.status !== 'running') return 'start';
  return waiting ? 'wait' : 'connect';
}

/** One sentence on what is wrong, and one on what to do. */
export function obstacleWords(obstacle: Obstacle, problem: Pick<ErrorInfo, 'message' | 'hint'> | undefined): string {
  switch (obstacle) {
    case 'signed_out':
      return problem ? sentences(problem) : 'You are not signed in to MeshAgent.';
    case 'signing_in':
      return 'Finish signing in in your browser.';
    case 'expired':
      return 'Your MeshAgent session has ended: requests are refused until you sign in again.';
    case 'no_project':
      return 'Choose the project that requests are billed to.';
    case 'access_denied':
      return problem ? sentences(problem) : 'You may not use models in this project.';
    case 'offline':
      return 'MeshAgent cannot be reached to renew your session. Meshbar keeps trying.';
  }
}

function sentences({ message, hint }: Pick<ErrorInfo, 'message' | 'hint'>): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
