import { expect, test } from 'vitest';
import { sessionNotice } from '../../src/session/session-notice.js';
import type { SessionState } from '../../src/shared/session.js';
import { textOf } from '../../src/words/index.js';

const user = { id: 'usr_1', email: undefined, name: undefined };
const signedIn: SessionState = { status: 'signed_in', user, expiresAt: undefined, projectId: 'p' };
const expired: SessionState = { status: 'expired', user, problem: undefined, projectId: 'p' };
const reason = { code: 'account_unavailable', data: { why: 'late' } } as const;
const offline: SessionState = { status: 'offline', user, retryAt: 1, reason, projectId: 'p' };
const signedOut: SessionState = { status: 'signed_out', problem: undefined, projectId: 'p' };

const told = (before: SessionState, after: SessionState) => {
  const notice = sessionNotice(before.status, after);
  return notice && [textOf(notice, 'app'), textOf(notice, 'terminal')];
};

test('the end of a session is told with what to do about it, in the terms of each shell', () => {
  expect(told(signedIn, expired)).toEqual([
    'Your MeshAgent session has ended. Sign in again.',
    'Your MeshAgent session has ended. Sign in again: `meshbar login`.',
  ]);
});

test('why MeshAgent can not be reached is told, and when it can be again', () => {
  expect(told(signedIn, offline)?.[0]).toContain('to refresh your session: MeshAgent did not answer in time.');
  expect(told(offline, signedIn)?.[0]).toBe('MeshAgent can be reached again.');
});

test('a sign-out is told, and nothing where nothing changed', () => {
  expect(told(signedIn, signedOut)?.[0]).toContain('requests are refused until you sign in again');
  expect(told(signedIn, signedIn)).toBeUndefined();
  expect(told(expired, signedIn)).toBeUndefined();
});
