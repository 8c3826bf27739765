import { useEffect, useState } from 'react';
import { useVisible } from '../../store/use-visible.js';
import { nextChange } from './session-words.js';

/** The time, in Unix milliseconds, renewed whenever the words for the time left until `at` change, while somebody looks. */
export function useCountdown(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  const isVisible = useVisible();
  useEffect(() => {
    const wait = nextChange(at, now);
    if (wait === undefined || !isVisible) return;
    // Whoever looks again does so after that moment, mostly.
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, now + wait - Date.now()));
    return () => clearTimeout(timer);
  }, [at, now, isVisible]);
  return now;
}
