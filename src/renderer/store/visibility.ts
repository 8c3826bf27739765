import { store } from './use-store.js';

/** How often a window that is looked at asks anew although nothing passed: the time itself moves the figures. */
const IDLE_MS = 60_000;

/** While nobody looks, main tells nothing; whoever looks again is told the whole. Returns what ends this. */
export function followVisibility(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const follow = () => {
    clearInterval(timer);
    timer = undefined;
    if (document.visibilityState === 'hidden') return;
    void store.refresh();
    timer = setInterval(() => void store.refresh(), IDLE_MS);
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', follow);
  };
}
