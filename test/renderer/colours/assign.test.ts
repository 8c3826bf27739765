import { expect, test } from 'vitest';
import { assign, COLOURS, type ColourAssignment, parseAssignment } from '../../../src/renderer/colours/assign.js';

const colours = (assignment: ColourAssignment) =>
  Object.fromEntries(Object.entries(assignment).map(([name, { colour }]) => [name, colour]));
const SIX = ['a', 'b', 'c', 'd', 'e', 'f'];

test('each name gets a colour of its own and keeps it, whatever comes before it later', () => {
  const first = assign({}, ['a', 'b'], 100);
  expect(colours(first)).toEqual({ a: 0, b: 1 });
  const second = assign(first, ['c', 'b', 'a'], 101);
  expect(colours(second)).toEqual({ a: 0, b: 1, c: 2 });
  expect(assign(second, ['a', 'b', 'c'], 101)).toBe(second);
});

test('a name beyond the palette has none, until one has not been seen for longer than any period', () => {
  const full = assign({}, SIX, 100);
  expect(Object.keys(full)).toHaveLength(COLOURS);
  const seen = assign(full, [...SIX.slice(1), 'g'], 120);
  expect(colours(seen)).not.toHaveProperty('g');
  const later = assign(seen, [...SIX.slice(1), 'g'], 150);
  expect(colours(later)).toEqual({ b: 1, c: 2, d: 3, e: 4, f: 5, g: 0 });
});

test('names that objects have by birth are names like others', () => {
  expect(colours(assign({}, ['constructor', 'toString'], 1))).toEqual({ constructor: 0, toString: 1 });
});

test('what was kept is taken as far as it is an assignment', () => {
  expect(parseAssignment(null)).toEqual({});
  expect(parseAssignment('[1]')).toEqual({});
  expect(parseAssignment('{')).toEqual({});
  expect(parseAssignment('{"a":{"colour":1,"seen":2},"b":{"colour":9,"seen":2},"c":null}')).toEqual({
    a: { colour: 1, seen: 2 },
  });
});
