import type { SessionState } from '../shared/session.js';
import { sessionExpired, sessionOffline } from './session-errors.js';

/** What whoever runs a proxy must know about a change of the session; undefined: nothing. Pure. */
export function sessionNotice(before: SessionState['status'], after: SessionState): string | undefined {
  if (before === after.status) return undefined;
  if (after.status === 'expired') return sentence(sessionExpired());
  if (after.status === 'offline') return sentence(sessionOffline(after.reason));
  if (after.status === 'signed_out')
    return 'You were signed out of MeshAgent: requests are refused until you sign in again.';
  return before === 'offline' && after.status === 'signed_in' ? 'MeshAgent can be reached again.' : undefined;
}

function sentence({ message, hint }: { message: string; hint: string | undefined }): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
