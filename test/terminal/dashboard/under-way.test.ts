import { expect, test } from 'vitest';
import { UnderWayList } from '../../../src/terminal/dashboard/under-way.js';
import { active } from '../../helpers/terminal-model.js';

const never = () => false;

test('the latest comes first', () => {
  const older = active({ startedAt: 1000 });
  const newer = active({ startedAt: 2000 });
  const list = new UnderWayList().update([older, newer], never, 3000);
  expect(list.map(({ exchange }) => exchange)).toEqual([newer, older]);
});

test('one that has ended stays until its record has come, and its clock stands', () => {
  const list = new UnderWayList();
  const exchange = active({ startedAt: 1000 });
  list.update([exchange], never, 2000);
  expect(list.update([], never, 2200)).toEqual([{ exchange, endedAt: 2200 }]);
  expect(list.update([], never, 2400)).toEqual([{ exchange, endedAt: 2200 }]);
  expect(list.update([], (id) => id === exchange.id, 2600)).toEqual([]);
  expect(list.update([], never, 2800)).toEqual([]);
});

test('one whose record was there before anybody looked is not shown twice', () => {
  const list = new UnderWayList();
  const exchange = active();
  list.update([exchange], never, 0);
  expect(list.update([], () => true, 10)).toEqual([]);
});

test('one whose record never comes goes after a while', () => {
  const list = new UnderWayList();
  list.update([active()], never, 0);
  expect(list.update([], never, 100)).toHaveLength(1);
  expect(list.update([], never, 3101)).toEqual([]);
});
