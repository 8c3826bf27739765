import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createAskedViews } from '../../../src/main/windows/asked-views.js';
import type { View } from '../../../src/shared/ipc.js';

function given() {
  const told: View[] = [];
  return { told, page: new EventEmitter(), views: createAskedViews<EventEmitter>((_page, view) => told.push(view)) };
}

test('a page that does not listen yet begins with the view that was asked for last, once', () => {
  const { told, page, views } = given();
  views.show(page, 'requests');
  views.show(page, 'settings');
  expect(told).toEqual([]);
  expect(views.take(page)).toBe('settings');
  expect(views.take(page)).toBeUndefined();
});

test('one that listens is told at once, and has nothing to begin with', () => {
  const { told, page, views } = given();
  expect(views.take(page)).toBeUndefined();
  views.show(page, 'settings');
  expect(told).toEqual(['settings']);
  expect(views.take(page)).toBeUndefined();
});

test('loaded again, after a crash, it does not listen until it asks', () => {
  const { told, page, views } = given();
  for (const view of ['settings', 'requests'] as const) {
    expect(views.take(page)).toBeUndefined();
    page.emit('did-start-loading');
    views.show(page, view);
    expect(told).toEqual([]);
    expect(views.take(page)).toBe(view);
  }
  expect(page.listenerCount('did-start-loading')).toBe(1);
});

test('what was asked of one window is not shown in the other', () => {
  const { page, views } = given();
  views.show(page, 'settings');
  expect(views.take(new EventEmitter())).toBeUndefined();
  expect(views.take(page)).toBe('settings');
});
