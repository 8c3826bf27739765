import { expect, test } from 'vitest';
import { nextStepOf, obstacleWords } from '../../../../src/renderer/views/usage/next-step.js';
import { addressOf, remedyOf, statusWords } from '../../../../src/renderer/views/usage/status-words.js';
import type { ProxyView, SessionView } from '../../../../src/shared/ipc.js';

const running = (fields: Partial<Extract<ProxyView, { status: 'running' }>> = {}): ProxyView => ({
  status: 'running',
  url: 'http://127.0.0.1:8766',
  host: '127.0.0.1',
  port: 8766,
  insecure: false,
  startedAt: 1,
  projectId: 'prj_1',
  localKeySource: 'the settings file',
  upstreamTokenSource: 'the session',
  ...fields,
});
const failed = (code: 'port_in_use' | 'no_project' | 'internal' | 'project_access_denied'): ProxyView => ({
  status: 'failed',
  error: { code, message: 'It failed.', hint: 'Mend it.' },
});
const user = { id: 'usr_1', email: undefined, name: undefined };
const signedIn: SessionView = { status: 'signed_in', user, expiresAt: undefined, projectId: 'prj_1' };
const stepOf = (session: SessionView, proxy: ProxyView, waiting = false) =>
  nextStepOf({ session, proxy, waiting: waiting ? { what: { kind: 'address' }, since: 1 } : undefined });

test('each state of the proxy has its words and its colour', () => {
  expect(statusWords(running())).toEqual({ tone: 'good', title: 'Proxy running' });
  expect(statusWords(running({ insecure: true }))).toEqual({ tone: 'bad', title: 'Proxy running without a key' });
  expect(statusWords({ status: 'stopping', inFlight: 3 })).toEqual({
    tone: 'busy',
    title: 'Proxy stopping, 3 in flight',
  });
  expect(statusWords(failed('port_in_use')).tone).toBe('bad');
  expect(statusWords({ status: 'stopped' }).tone).toBe('off');
});

test('the address is where it listens, or would', () => {
  const settings = { host: '::1', port: 9000 };
  expect(addressOf(running(), settings)).toBe('127.0.0.1:8766');
  expect(addressOf({ status: 'stopped' }, settings)).toBe('[::1]:9000');
});

test('a failure leads to what mends it', () => {
  const remedy = (code: Parameters<typeof failed>[0]) => remedyOf({ code, message: '' });
  expect(remedy('port_in_use')).toBe('settings');
  expect(remedy('no_project')).toBe('session');
  expect(remedy('internal')).toBe('retry');
});

test('the next step is the first thing that is missing', () => {
  const signedOut: SessionView = { status: 'signed_out', problem: undefined, projectId: undefined };
  expect(stepOf(signedOut, { status: 'stopped' })).toBe('signed_out');
  expect(stepOf({ status: 'expired', user, problem: undefined, projectId: 'prj_1' }, running())).toBe('expired');
  expect(stepOf({ ...signedIn, projectId: undefined }, { status: 'stopped' })).toBe('no_project');
  expect(stepOf(signedIn, failed('project_access_denied'))).toBe('access_denied');
  expect(stepOf(signedIn, failed('port_in_use'))).toBe('mend');
  expect(stepOf(signedIn, { status: 'stopped' })).toBe('start');
  expect(stepOf(signedIn, running())).toBe('connect');
  expect(stepOf(signedIn, running(), true)).toBe('wait');
  const offline: SessionView = { status: 'offline', user, retryAt: 1, reason: undefined, projectId: 'prj_1' };
  expect(stepOf(offline, running())).toBe('connect');
});

test('an obstacle is told with what to do about it', () => {
  expect(obstacleWords('access_denied', { message: 'No.', hint: 'Ask.' })).toBe('No. Ask.');
  expect(obstacleWords('signed_out', undefined)).toBe('You are not signed in to MeshAgent.');
});
