import { describe, expect, test } from 'vitest';
import {
  findProjects,
  inTime,
  nextChange,
  obstacleOf,
  personOf,
} from '../../../../src/renderer/views/session/session-words.js';
import type { ProxyView, SessionView } from '../../../../src/shared/ipc.js';

test('a person by name and address, as far as they are known', () => {
  expect(personOf({ name: 'Sam Example', email: 'sam@example.com' })).toBe('Sam Example (sam@example.com)');
  expect(personOf({ name: undefined, email: 'sam@example.com' })).toBe('sam@example.com');
  expect(personOf({ name: undefined, email: undefined })).toMatch(/could not be read/);
});

describe('what is in the way', () => {
  const user = { id: 'usr_1', email: 'sam@example.com', name: undefined };
  const stopped: ProxyView = { status: 'stopped' };
  const signedIn: SessionView = { status: 'signed_in', user, expiresAt: undefined, projectId: 'prj_1' };
  const failed = (code: 'project_access_denied' | 'no_project' | 'port_in_use'): ProxyView => ({
    status: 'failed',
    error: { code, message: '' },
  });

  test.each<[string, SessionView, ProxyView, string | undefined]>([
    ['nothing', signedIn, stopped, undefined],
    ['nothing of the session', signedIn, failed('port_in_use'), undefined],
    ['no sign-in', { status: 'signed_out', problem: undefined, projectId: undefined }, stopped, 'signed_out'],
    ['a sign-in', { status: 'signing_in', url: undefined, projectId: 'prj_1' }, stopped, 'signing_in'],
    ['an end', { status: 'expired', user, problem: undefined, projectId: undefined }, stopped, 'expired'],
    ['no project', { ...signedIn, projectId: undefined }, stopped, 'no_project'],
    [
      'no project for a variable',
      { status: 'environment', variable: 'X', projectId: undefined },
      stopped,
      'no_project',
    ],
    ['no access', signedIn, failed('project_access_denied'), 'access_denied'],
    [
      'an end, before no access',
      { status: 'expired', user, problem: undefined, projectId: 'p' },
      failed('project_access_denied'),
      'expired',
    ],
    ['no network', { status: 'offline', user, retryAt: 1, reason: undefined, projectId: 'prj_1' }, stopped, 'offline'],
  ])('%s', (_name, session, proxy, obstacle) => {
    expect(obstacleOf(session, proxy)).toBe(obstacle);
  });
});

test('a countdown changes when its text does, and not before', () => {
  expect([-5, 0, 1, 1000, 12_000, 99_000, 150_000].map((ms) => inTime(ms, 0))).toEqual([
    'now',
    'now',
    'in 1 s',
    'in 1 s',
    'in 12 s',
    'in 99 s',
    'in 3 min',
  ]);
  expect(nextChange(0, 0)).toBeUndefined();
  expect(nextChange(1500, 0)).toBe(500);
  expect(nextChange(2000, 0)).toBe(1000);
  expect(nextChange(150_000, 0)).toBe(30_000);
});

test('projects are found by words of name or id, the current one first', () => {
  const project = (id: string, name: string, current = false) => ({ id, name, current });
  const all = [project('prj_b', 'Research'), project('prj_c', 'Billing', true), project('prj_a', 'Agent research')];
  expect(findProjects(all, '').map(({ id }) => id)).toEqual(['prj_c', 'prj_a', 'prj_b']);
  expect(findProjects(all, 'RESEARCH').map(({ id }) => id)).toEqual(['prj_a', 'prj_b']);
  expect(findProjects(all, 'search prj_b').map(({ id }) => id)).toEqual(['prj_b']);
  const numbered = ['Run 10', 'Run 9'].map((name) => ({ id: name, name, current: false }));
  expect(findProjects(numbered, '').map(({ name }) => name)).toEqual(['Run 9', 'Run 10']);
});
