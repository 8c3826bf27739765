import { MeshbarError } from '../shared/errors.js';
import type { SessionState } from '../shared/session.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { sessionOffline } from './session-errors.js';

/** What whoever runs a proxy must know about a change of the session; undefined: nothing. Pure. */
export function sessionNotice(before: SessionState['status'], after: SessionState): Statement | undefined {
  if (before === after.status) return undefined;
  if (after.status === 'expired') return new MeshbarError('session_expired').facts;
  if (after.status === 'offline') return sessionOffline(after.reason).facts;
  if (after.status === 'signed_out') return say('session.signedOut');
  return before === 'offline' && after.status === 'signed_in' ? say('session.reachable') : undefined;
}
