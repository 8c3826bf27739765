import { useCallback, useState } from 'react';

/** Whether what was set off is still under way, and what sets it off: for buttons that take no second press meanwhile. */
export function useBusy(): readonly [busy: boolean, run: (work: () => Promise<unknown>) => void] {
  const [underWay, setUnderWay] = useState(0);
  const run = useCallback((work: () => Promise<unknown>) => {
    setUnderWay((count) => count + 1);
    void work().finally(() => setUnderWay((count) => count - 1));
  }, []);
  return [underWay > 0, run];
}
