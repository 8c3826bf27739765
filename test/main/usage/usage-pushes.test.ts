import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppEngine } from '../../../src/main/engine/app-engine.js';
import type { Today } from '../../../src/main/usage/today.js';
import { registerUsagePushes } from '../../../src/main/usage/usage-pushes.js';
import type { UsagePush } from '../../../src/shared/ipc.js';
import type { PricedExchange } from '../../../src/shared/usage.js';
import { exchangeRecord } from '../../helpers/exchange-record.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const record = (n: number): PricedExchange => ({ ...exchangeRecord(n), standing: 'measured' });

function given() {
  const shown: string[] = [];
  const sent: { readonly page: string; readonly value: UsagePush }[] = [];
  let appended: (records: readonly PricedExchange[]) => void = () => {};
  let active: () => void = () => {};
  let onShown: () => void = () => {};
  registerUsagePushes<string>({
    engine: {
      current: { active: [] },
      onActivity: (listener: () => void) => (active = listener),
      onAppended: (listener: typeof appended) => (appended = listener),
    } as unknown as AppEngine,
    today: { totals: undefined, onChange: () => () => {} } as unknown as Today,
    visiblePages: () => shown,
    push: (page, _name, value) => void sent.push({ page, value: value as UsagePush }),
    onWindowShown: (listener) => (onShown = listener),
  });
  return {
    shown,
    sent,
    ended: (...records: PricedExchange[]) => appended(records),
    activity: () => active(),
    look(page: string) {
      shown.push(page);
      onShown();
    },
  };
}

test('while nobody looks nothing is sent, kept or waited for', () => {
  const { sent, ended, activity, look } = given();
  ended(record(1));
  activity();
  expect(vi.getTimerCount()).toBe(0);
  look('popover');
  vi.runAllTimers();
  expect(sent.map(({ value }) => value.ended)).toEqual([[]]);
});

test('what ends while somebody looks is sent together, at most ten times a second, to each window', () => {
  const { shown, sent, ended } = given();
  shown.push('popover', 'window');
  ended(record(1));
  ended(record(2));
  vi.advanceTimersByTime(99);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent.map(({ page }) => page)).toEqual(['popover', 'window']);
  expect(sent[0]?.value.ended.map(({ id }) => id)).toEqual([record(1).id, record(2).id]);
  ended(record(3));
  vi.advanceTimersByTime(100);
  expect(sent.at(-1)?.value.ended.map(({ id }) => id)).toEqual([record(3).id]);
});
