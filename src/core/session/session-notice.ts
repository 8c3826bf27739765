import type { SessionState } from '../../shared/session.js';
import { sessionExpired, sessionOffline } from './session-errors.js';

/** What whoever runs a proxy must know about a change of the session; undefined: nothing. Pure. */
export function sessionNotice(before: SessionState['status'], after: SessionState['status']): string | undefined {
  if (before === after) return undefined;
  if (after === 'expired') return sentence(sessionExpired());
  if (after === 'offline') return sentence(sessionOffline());
  if (after === 'signed_out') return 'You were signed out of MeshAgent: requests are refused until you sign in again.';
  return before === 'offline' && after === 'signed_in' ? 'MeshAgent can be reached again.' : undefined;
}

function sentence({ message, hint }: { message: string; hint: string | undefined }): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
