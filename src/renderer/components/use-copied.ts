import { useCallback, useEffect, useState } from 'react';

const COPIED_MS = 2000;

/** Whether something was copied a moment ago, and what copies: `run` gets what resolves with whether it did. */
export function useCopied(): readonly [copied: boolean, run: (copy: () => Promise<boolean>) => void] {
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times === 0) return;
    const timer = setTimeout(() => setTimes(0), COPIED_MS);
    return () => clearTimeout(timer);
  }, [times]);
  const run = useCallback(async (copy: () => Promise<boolean>) => {
    if (await copy()) setTimes((before) => before + 1);
  }, []);
  return [times > 0, run];
}
