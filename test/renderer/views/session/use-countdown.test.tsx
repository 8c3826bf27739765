import { PassThrough } from 'node:stream';
import { render, Text } from 'ink';
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
  const see = (visibilityState: string) => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const times: number[] = [];
  function Countdown() {
    times.push(useCountdown(60_000));
    return <Text>counted</Text>;
  }
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  const { unmount } = render(<Countdown />, { debug: true, patchConsole: false, stdout });
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
  unmount();
});
