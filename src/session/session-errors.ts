import { type ErrorFacts, MeshbarError } from '../shared/errors.js';

/** Why there is no upstream token to send. */

export function signedOut(problem: ErrorFacts | undefined): MeshbarError {
  return new MeshbarError('no_upstream_token', problem ? { why: 'unreadable', problem } : { why: 'signed_out' });
}

/** `problem`: why the service could not be asked. */
export function sessionOffline(problem?: ErrorFacts): MeshbarError {
  return new MeshbarError('session_offline', problem ? { why: 'known', problem } : { why: 'unknown' });
}
