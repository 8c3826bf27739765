import { afterEach, expect, test, vi } from 'vitest';
import { createNotices } from '../../../src/main/notices/notices.js';
import { MeshbarError } from '../../../src/shared/errors.js';
import type { Statement } from '../../../src/words/index.js';
import { say } from '../../../src/words/say.js';
import { appState } from '../../helpers/app-state.js';

afterEach(() => void vi.useRealTimers());

/** A fact, which stays until somebody dismisses it. */
const lost = (count: number): Statement => say('ledger.lost', { count });
const waiting = say('ledger.waiting', { problem: new MeshbarError('ledger_unavailable', { why: 'silent' }).facts });

function given(now?: () => number) {
  let changes = 0;
  const notices = createNotices(() => changes++, now);
  return { notices, changes: () => changes, texts: () => notices.list.map(({ text }) => text) };
}

test('the newest is first, what is there already moves up, and the oldest are forgotten', () => {
  let at = 0;
  const { notices, changes } = given(() => ++at);
  notices.add(lost(1));
  notices.add(lost(2));
  notices.add(lost(1));
  expect(notices.list.map(({ text }) => Number.parseInt(text, 10))).toEqual([1, 2]);
  expect(changes()).toBe(3);
  for (let count = 10; count < 40; count += 1) notices.add(lost(count));
  expect(notices.list).toHaveLength(20);
  expect(new Set(notices.list.map(({ id }) => id)).size).toBe(20);
});

test('a dismissed notice is gone, and only that one', () => {
  const { notices, changes } = given();
  notices.add(lost(1));
  notices.add(lost(2));
  const [second, first] = notices.list;
  notices.dismiss(first?.id ?? 0);
  expect(notices.list).toEqual([second]);
  notices.dismiss(999);
  expect(changes()).toBe(3);
});

test('windows get its text and its moment, and nothing else', () => {
  const { notices } = given(() => 7);
  notices.add(lost(1));
  notices.review(appState());
  expect(notices.list).toEqual([{ id: 1, at: 7, text: '1 usage record could not be written and is lost.' }]);
});

test('good news ends what it is the end of, and is no notice itself', () => {
  const { notices, texts, changes } = given();
  notices.add(waiting);
  notices.add(lost(1));
  notices.add(say('ledger.writtenAgain'));
  expect(texts()).toEqual(['1 usage record could not be written and is lost.']);
  notices.add(say('ledger.writtenAgain'));
  expect(changes()).toBe(3);
});

test('what the status of the app says is no notice', () => {
  const { notices, texts, changes } = given();
  notices.add(new MeshbarError('session_expired').facts);
  notices.add(say('session.signedOut'));
  expect(texts()).toEqual([]);
  expect(changes()).toBe(0);
});

test('a condition is held against the state in which the notice was first seen', () => {
  const { notices, texts, changes } = given();
  const first = appState();
  const other = { ...first, settings: { ...first.settings, otlpUrl: 'http://127.0.0.1:4318' } };
  notices.add(say('settings.otlpUrl.off', { problem: new MeshbarError('internal', { why: 'sign_in' }).facts }));
  notices.review(first);
  notices.review(first);
  expect(texts()).toHaveLength(1);
  expect(changes()).toBe(1);
  notices.review(other);
  expect(texts()).toEqual([]);
  expect(changes()).toBe(2);
});

test('what happened once goes by itself, unless it comes again', () => {
  vi.useFakeTimers();
  const { notices, texts, changes } = given();
  const failed = say('proxy.meterFailed', { name: 'TypeError' });
  notices.add(failed);
  notices.add(lost(1));
  vi.advanceTimersByTime(50 * 60_000);
  notices.add(failed);
  vi.advanceTimersByTime(50 * 60_000);
  expect(texts()).toHaveLength(2);
  vi.advanceTimersByTime(10 * 60_000);
  expect(texts()).toEqual(['1 usage record could not be written and is lost.']);
  expect(changes()).toBe(4);
});
