import { expect, test } from 'vitest';
import { createNotices } from '../../../src/main/notices/notices.js';

test('the newest stands first, what is there already moves up, and the oldest are forgotten', () => {
  let at = 0;
  let changes = 0;
  const notices = createNotices(
    () => changes++,
    () => ++at,
  );
  notices.add('a');
  notices.add('b');
  notices.add('a');
  expect(notices.list.map(({ text, at }) => [text, at])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect(changes).toBe(3);
  for (let i = 0; i < 30; i++) notices.add(`more ${i}`);
  expect(notices.list).toHaveLength(20);
  expect(new Set(notices.list.map(({ id }) => id)).size).toBe(20);
});

test('a dismissed notice is gone, and only that one', () => {
  let changes = 0;
  const notices = createNotices(() => changes++);
  notices.add('a');
  notices.add('b');
  const [b, a] = notices.list;
  notices.dismiss(a?.id ?? 0);
  expect(notices.list).toEqual([b]);
  notices.dismiss(999);
  expect(changes).toBe(3);
});
