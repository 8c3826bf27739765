import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { useCountdown } from '../../../../src/renderer/views/session/use-countdown.js';
import { waitFor } from '../../../helpers/wait-for.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('moves while somebody looks, rests while nobody does, and is right for who looks again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', Object.assign(new EventTarget(), { HTMLIFrameElement: class {} }));
  const see = (visibilityState: string) => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const times: number[] = [];
  function Countdown() {
    times.push(useCountdown(60_000));
    return null;
  }
  // Nothing is put into it: React asks no more of an element that stays empty.
  const element = Object.assign(new EventTarget(), {
    nodeType: 1,
    nodeName: 'DIV',
    tagName: 'DIV',
    ownerDocument: page,
  });
  const root = createRoot(element as unknown as Element);
  root.render(<Countdown />);
  const timers = () => vi.getTimerCount();
  await waitFor(() => timers() === 1, 'the timer of the next second');
  vi.advanceTimersByTime(1000);
  await waitFor(() => times.at(-1) === 1000 && timers() === 1, 'the next second');

  see('hidden');
  await waitFor(() => timers() === 0, 'no timer');
  vi.setSystemTime(30_500);
  see('visible');
  await waitFor(() => timers() === 1, 'a timer');
  vi.advanceTimersByTime(0);
  await waitFor(() => times.at(-1) === 30_500, 'the time as it is');
  expect(times.filter((at) => at > 1000 && at < 30_500)).toEqual([]);
  flushSync(() => root.unmount());
  expect(timers()).toBe(0);
  // React has a last task for the next turn, which still wants its window.
  await new Promise(setImmediate);
});
