import { useEffect, useRef } from 'react';

/** Calls `react` each time `value` has become another one; not for the first. */
export function useOnChange(value: unknown, react: () => void): void {
  const last = useRef(value);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    react();
  }, [value, react]);
}
