import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Place, Roster } from '../../src/shared/roster.js';

test('it holds what joined and has not left, oldest first, as a Set does', () => {
  const step = fc.record({ leaves: fc.boolean(), at: fc.nat() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const roster = new Roster<number>();
      const set = new Set<number>();
      const places: Place<number>[] = [];
      steps.forEach(({ leaves, at }, i) => {
        if (leaves && places.length > 0) {
          const [place] = places.splice(at % places.length, 1) as [Place<number>];
          roster.remove(place);
          set.delete(place.member);
        } else {
          places.push(roster.add(i));
          set.add(i);
        }
        expect(roster.toArray()).toEqual([...set]);
        expect(roster.size).toBe(set.size);
      });
    }),
  );
});

test('leaving twice changes nothing', () => {
  const roster = new Roster<string>();
  const place = roster.add('a');
  roster.add('b');
  roster.remove(place);
  roster.remove(place);
  expect(roster.toArray()).toEqual(['b']);
  expect(roster.size).toBe(1);
});
