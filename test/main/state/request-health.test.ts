import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRequestHealth } from '../../../src/main/state/request-health.js';
import type { PricedExchange } from '../../../src/shared/usage.js';
import { exchangeRecord } from '../../helpers/exchange-record.js';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const record = (fields: Partial<PricedExchange>): PricedExchange => ({
  ...exchangeRecord(1),
  standing: 'none',
  ...fields,
});
const passed = record({});
const refused = record({ outcome: 'failed', status: 502, errorType: 'upstream_reset', errorReason: 'It broke.' });
const ofItsOwn = (errorType: string) => record({ outcome: 'failed', status: 429, errorType });

function given() {
  let changes = 0;
  const health = createRequestHealth(() => changes++);
  return { health, changes: () => changes, see: (...records: PricedExchange[]) => health.onEnded(records) };
}

test('one failure among requests that pass says nothing, three in a row do', () => {
  const { health, see, changes } = given();
  see(passed, refused, refused);
  expect(health.failing).toBeUndefined();
  see(refused);
  expect(health.failing).toEqual({ count: 3, status: 502, errorType: 'upstream_reset', reason: 'It broke.' });
  see(passed);
  expect(health.failing).toBeUndefined();
  see(refused, refused);
  expect(health.failing).toBeUndefined();
  expect(changes()).toBe(2);
});

test('where none has passed yet, the first failure says so', () => {
  const { health, see } = given();
  see(refused);
  expect(health.failing?.count).toBe(1);
  see(refused);
  expect(health.failing?.count).toBe(2);
});

test('it tells of the last one that failed', () => {
  const { health, see } = given();
  see(refused, refused, record({ outcome: 'interrupted', status: 200, errorType: 'stream_stopped_short' }));
  expect(health.failing).toEqual({ count: 3, status: 200, errorType: 'stream_stopped_short', reason: undefined });
});

test.each(['client_abort', 'budget_used_up', 'session_expired', 'no_upstream_token', 'proxy_stopped'])(
  '%s says nothing of the requests before it or after it',
  (errorType) => {
    const { health, see } = given();
    see(ofItsOwn(errorType), ofItsOwn(errorType), ofItsOwn(errorType));
    expect(health.failing).toBeUndefined();
    see(refused, ofItsOwn(errorType));
    expect(health.failing).toMatchObject({ count: 1, status: 502 });
  },
);

test('what failed a while ago is forgotten, and what fails goes on being said', () => {
  const { health, see, changes } = given();
  see(refused);
  vi.advanceTimersByTime(9 * MINUTE);
  see(refused);
  vi.advanceTimersByTime(9 * MINUTE);
  expect(health.failing?.count).toBe(2);
  vi.advanceTimersByTime(MINUTE);
  expect(health.failing).toBeUndefined();
  expect(changes()).toBe(3);
});

test('a reset forgets what failed, and counts from there', () => {
  const { health, see } = given();
  see(passed, refused, refused, refused);
  health.reset();
  expect(health.failing).toBeUndefined();
  see(refused);
  expect(health.failing?.count).toBe(1);
});
