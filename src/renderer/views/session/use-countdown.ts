import { useEffect, useState } from 'react';
import { nextChange } from './session-words.js';

/** The time, in Unix milliseconds, renewed whenever the words for the time left until `at` change. */
export function useCountdown(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const wait = nextChange(at, now);
    if (wait === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), wait);
    return () => clearTimeout(timer);
  }, [at, now]);
  return now;
}
