import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createObserverQueue } from '../../src/proxy/observer-queue.js';
import type { ExchangeHead, ExchangeObserver } from '../../src/shared/exchange.js';
import { englishOf } from '../../src/words/index.js';
import { exchangeHead } from '../helpers/meter-exchange.js';
import { waitFor } from '../helpers/wait-for.js';

/** A queue, and the calls that its observers got; `onData` is made within a call. */
function queueWithCalls(onData = () => {}) {
  const calls: string[] = [];
  const build = ({ id }: ExchangeHead) => {
    calls.push(`${id} built`);
    return {
      onRequestData: (chunk: Buffer) => calls.push(`${id} asked ${chunk.length}`),
      onResponseData(chunk: Buffer) {
        onData();
        calls.push(`${id} answered ${chunk.length}`);
      },
      onMessage: () => calls.push(`${id} message`),
    } as unknown as ExchangeObserver;
  };
  const queue = createObserverQueue(build, (problem) => expect.fail(englishOf(problem)));
  return { queue, calls, observe: (id: string) => queue.observe(exchangeHead({ id })) };
}

test('calls wait for others, and are made in order without anybody asking', async () => {
  const { calls, observe } = queueWithCalls();
  const [a, b] = [observe('a'), observe('b')];
  b.onRequestData(Buffer.alloc(1));
  a.onResponseData(Buffer.alloc(2));
  await turn();
  expect(calls).toEqual([]);
  await waitFor(() => calls.length > 0, 'the calls');
  expect(calls).toEqual(['a built', 'b built', 'b asked 1', 'a answered 2']);
});

test('who looks makes them at once, and within one of them changes nothing of their order', () => {
  let look = () => {};
  const { queue, calls, observe } = queueWithCalls(() => look());
  const a = observe('a');
  for (const size of [1, 2]) a.onResponseData(Buffer.alloc(size));
  look = () => {
    look = () => {};
    a.onRequestData(Buffer.alloc(3));
    queue.drain();
  };
  queue.drain();
  expect(calls).toEqual(['a built', 'a answered 1', 'a answered 2']);
  queue.drain();
  expect(calls.at(-1)).toBe('a asked 3');
});

test.each([
  ['64 KiB of bodies', (a: ExchangeObserver) => a.onRequestData(Buffer.alloc(64 * 1024))],
  ['a message', (a: ExchangeObserver) => a.onMessage('client', Buffer.alloc(1), false)],
])('%s wait for nothing', async (_name, call) => {
  const { calls, observe } = queueWithCalls();
  call(observe('a'));
  expect(calls).toEqual([]);
  await turn();
  expect(calls).toHaveLength(2);
});
