import { type ErrorInfo, MeshbarError } from '../shared/errors.js';

/** Why there is no upstream token to send, each in its own words. */

export function signedOut(problem: ErrorInfo | undefined): MeshbarError {
  const message = problem
    ? `You are not signed in to MeshAgent: ${problem.message}`
    : 'You are not signed in to MeshAgent.';
  return new MeshbarError('no_upstream_token', message, {
    hint: problem?.hint ?? 'Run `meshbar login`, or set MESHAGENT_TOKEN and MESHAGENT_PROJECT_ID.',
  });
}

export function sessionExpired(): MeshbarError {
  return new MeshbarError('session_expired', 'Your MeshAgent session has ended.', {
    hint: 'Sign in again: `meshbar login`.',
  });
}

/** `reason`: a sentence about what went wrong. */
export function sessionOffline(reason?: string): MeshbarError {
  const what = 'MeshAgent could not be reached to refresh your session';
  return new MeshbarError('session_offline', reason === undefined ? `${what}.` : `${what}: ${reason}`, {
    hint: 'Check the network or VPN; Meshbar keeps trying.',
  });
}

export function noProject(): MeshbarError {
  return new MeshbarError('no_project', 'No MeshAgent project is chosen.', {
    hint: '`meshbar project list` shows yours, `meshbar project use` chooses one; or pass --project-id.',
  });
}
