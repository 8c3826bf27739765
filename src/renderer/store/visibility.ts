import { store } from './use-store.js';

/** How often a window that is looked at asks again although nothing passed: the time itself moves the figures. */
const IDLE_MS = 60_000;

/** While nobody looks, main tells nothing; whoever looks again is told the whole. Returns what ends this. */
export function followVisibility(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const refresh = () => void store.refresh();
  const follow = () => {
    clearInterval(timer);
    timer = undefined;
    if (document.visibilityState !== 'hidden') timer = setInterval(refresh, IDLE_MS);
  };
  const onChange = () => {
    follow();
    if (timer !== undefined) afterPaint(refresh);
  };
  document.addEventListener('visibilitychange', onChange);
  follow();
  if (timer !== undefined) refresh();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onChange);
  };
}

/** What is there already is shown first: the second frame begins when the first has been handed over. */
function afterPaint(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}
