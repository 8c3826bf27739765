import { expect, test } from 'vitest';
import { findProjects, inTime, nextChange, personOf } from '../../../../src/renderer/views/session/session-words.js';

test('a person by name and address, as far as they are known', () => {
  expect(personOf({ name: 'Sam Example', email: 'sam@example.com' })).toBe('Sam Example (sam@example.com)');
  expect(personOf({ name: undefined, email: 'sam@example.com' })).toBe('sam@example.com');
  expect(personOf({ name: undefined, email: undefined })).toMatch(/could not be read/);
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
