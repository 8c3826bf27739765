import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHeldMenu } from '../../../src/main/tray/held-menu.js';
import { createPointerWatch } from '../../../src/main/tray/pointer-watch.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function given() {
  const now = { structure: 'Start', figure: 0, x: 0 };
  const menus: { readonly label: string; readonly menu: EventEmitter }[] = [];
  let opened = 0;
  const changed = createHeldMenu({
    entries: () => [{ label: `${now.structure} ${now.figure}` }],
    frame: () => [{ label: now.structure }],
    give([entry]) {
      const menu = new EventEmitter();
      menus.push({ label: entry?.label ?? '', menu });
      return menu;
    },
    onOpen: () => opened++,
    pointer: createPointerWatch(() => ({ x: now.x, y: 0 })),
  });
  const see = (changes: Partial<typeof now>, ms: number) => {
    Object.assign(now, changes);
    changed();
    vi.advanceTimersByTime(ms);
  };
  return { see, menus, labels: () => menus.map(({ label }) => label), opened: () => opened };
}

test('the first menu is there at once, and one that differs follows within a second', () => {
  const { see, labels } = given();
  see({}, 0);
  expect(labels()).toEqual(['Start 0']);
  see({ structure: 'Stop' }, 1000);
  expect(labels()).toEqual(['Start 0', 'Stop 0']);
  see({}, 5000);
  expect(labels()).toHaveLength(2);
});

test('figures alone wait until the pointer rests, but not for ever', () => {
  const { see, labels } = given();
  see({}, 0);
  for (let x = 1; x <= 20; x += 1) see({ figure: x, x }, 1000);
  expect(labels()).toHaveLength(1);
  for (let x = 21; x <= 70; x += 1) see({ figure: x, x }, 1000);
  expect(labels()).toHaveLength(2);
  see({ figure: 99 }, 7000);
  expect(labels().at(-1)).toBe('Start 99');
});

test('a menu that is open is not replaced, and what changed meanwhile comes when it closes', () => {
  const { see, menus, labels, opened } = given();
  see({}, 0);
  menus[0]?.menu.emit('menu-will-show');
  expect(opened()).toBe(1);
  see({ structure: 'Stop' }, 10_000);
  expect(labels()).toHaveLength(1);
  menus[0]?.menu.emit('menu-will-close');
  vi.advanceTimersByTime(2000);
  expect(labels()).toEqual(['Start 0', 'Stop 0']);
});

test('a menu whose system never says that it closed is replaced all the same', () => {
  const { see, menus, labels } = given();
  see({}, 0);
  menus[0]?.menu.emit('menu-will-show');
  see({ structure: 'Stop' }, 17_000);
  expect(labels()).toHaveLength(2);
});

test('a menu that was used is given again: a box that was ticked shows so whether or not the change was taken', () => {
  const { see, menus, labels } = given();
  see({}, 0);
  menus[0]?.menu.emit('menu-will-show');
  menus[0]?.menu.emit('menu-will-close');
  vi.advanceTimersByTime(8000);
  expect(labels()).toEqual(['Start 0', 'Start 0']);
});
