import { expect, test } from 'vitest';
import { WatchedExchange } from '../../src/engine/watched-exchange.js';
import type { MeteredExchange } from '../../src/meter/meter.js';
import { createObserverQueue } from '../../src/proxy/observer-queue.js';
import type { ExchangeEnd, ExchangeHead } from '../../src/shared/exchange.js';
import { Roster } from '../../src/shared/roster.js';
import type { ActiveExchange } from '../../src/shared/usage.js';
import { englishOf } from '../../src/words/index.js';
import { exchangeHead } from '../helpers/meter-exchange.js';

const END: ExchangeEnd = {
  outcome: 'complete',
  status: 200,
  durationMs: 1,
  timeToFirstChunkMs: 1,
  requestBytes: 0,
  responseBytes: 0,
};
const CALLS = ['onRequestData', 'onResponseStart', 'onResponseData', 'onMessage', 'onEnd'] as const;

/** One exchange whose meter throws in one of its calls, or as it is made; gives how many were under way meanwhile. */
function passThrough(where: (typeof CALLS)[number] | 'observe'): { during: number; after: number; problems: number } {
  const active = new Roster<ActiveExchange>();
  const problems: string[] = [];
  const throwIf = (name: string) => {
    if (name === where) throw new TypeError();
  };
  const calls = Object.fromEntries(CALLS.map((name) => [name, () => throwIf(name)]));
  const metered = { ...calls, tool: { name: 'curl' } } as unknown as MeteredExchange;
  const observe = () => {
    throwIf('observe');
    return metered;
  };
  const meter = { observe, settled: async () => {} };
  const watch = (head: ExchangeHead) => new WatchedExchange(head, meter, active, () => {});
  const queue = createObserverQueue(watch, (problem) => problems.push(englishOf(problem)));
  const observer = queue.observe(exchangeHead({}));
  observer.onRequestData(Buffer.from('{}'));
  observer.onResponseStart(200, {});
  observer.onResponseData(Buffer.from('{}'));
  observer.onMessage('client', Buffer.from('{}'), false);
  queue.drain();
  const during = active.size;
  observer.onEnd(END);
  queue.drain();
  return { during, after: active.size, problems: problems.length };
}

test.each(CALLS)('an exchange whose meter throws in %s is under way until its end, and no longer', (where) => {
  expect(passThrough(where)).toEqual({ during: 1, after: 0, problems: 1 });
});

test('one whose meter can not be made is never among those under way', () => {
  expect(passThrough('observe')).toEqual({ during: 0, after: 0, problems: 1 });
});

test('the list tells when the first byte of an answer came, though its meter hears of it later', () => {
  const active = new Roster<ActiveExchange>();
  const calls = Object.fromEntries(CALLS.map((name) => [name, () => {}]));
  const metered = { ...calls, tool: { name: 'curl' } } as unknown as MeteredExchange;
  const meter = { observe: () => metered, settled: async () => {} };
  const watch = (head: ExchangeHead) => new WatchedExchange(head, meter, active, () => {});
  const queue = createObserverQueue(watch, (problem) => expect.fail(englishOf(problem)));
  const observer = queue.observe(exchangeHead({}));
  observer.onFirstChunk?.(12.5);
  observer.onResponseData(Buffer.from('{}'));
  queue.drain();
  expect(active.toArray()).toMatchObject([{ tool: 'curl', timeToFirstChunkMs: 12.5 }]);
});
