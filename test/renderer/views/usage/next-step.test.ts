import { expect, test } from 'vitest';
import { nextStepOf, saysWhy } from '../../../../src/renderer/views/usage/next-step.js';
import type { AppState, ProxyView, SessionView } from '../../../../src/shared/ipc.js';
import { appState } from '../../../helpers/app-state.js';
import { stoppedBudget } from '../../../helpers/budget-state.js';

const user = { id: 'usr_1', email: undefined, name: undefined };
const signedIn: SessionView = { status: 'signed_in', user, expiresAt: undefined, projectId: 'prj_1' };
const STOPPED: ProxyView = { status: 'stopped' };
const failed = (code: 'port_in_use' | 'project_access_denied' | 'no_upstream_token'): ProxyView => ({
  status: 'failed',
  error: { code, message: 'It failed.' },
});
const stepOf = (changes: Partial<AppState>) => nextStepOf(appState(changes));

test.each<[string, Partial<AppState>, string]>([
  [
    'nobody is signed in',
    { proxy: STOPPED, session: { status: 'signed_out', problem: undefined, projectId: undefined } },
    'signed_out',
  ],
  [
    'the session has ended',
    { session: { status: 'expired', user, problem: undefined, projectId: 'prj_1' } },
    'expired',
  ],
  [
    'somebody is signing in',
    { proxy: STOPPED, session: { status: 'signing_in', url: undefined, projectId: 'prj_1' } },
    'signing_in',
  ],
  ['no project is chosen', { proxy: STOPPED, session: { ...signedIn, projectId: undefined } }, 'no_project'],
  ['the project is not open to them', { proxy: failed('project_access_denied') }, 'access_denied'],
  ['the proxy could not start', { proxy: failed('port_in_use') }, 'fix'],
  ['the proxy is stopped', { proxy: STOPPED }, 'start'],
  ['the proxy failed for want of a session that is there now', { proxy: failed('no_upstream_token') }, 'start'],
  ['the proxy starts', { proxy: { status: 'starting' } }, 'started'],
  ['all is well', {}, 'connect'],
  ['something was copied', { waiting: { what: { kind: 'address' }, since: 1 } }, 'wait'],
  ['a budget refuses', { budgets: [stoppedBudget()] }, 'connect'],
])('where %s', (_what, changes, step) => {
  expect(stepOf(changes)).toBe(step);
});

test('the head says why wherever the step does not', () => {
  const silent = ['fix', 'start', 'started', 'connect', 'wait'] as const;
  expect(silent.filter(saysWhy)).toEqual([]);
  expect((['signed_out', 'expired', 'signing_in', 'no_project', 'access_denied'] as const).every(saysWhy)).toBe(true);
});
