import { useRef } from 'react';

/** The value before, as long as the new one says the same: what is drawn from it need not be drawn again. */
export function useSame<T>(value: T): T {
  const last = useRef<{ value: T; text: string }>(undefined);
  if (last.current?.value === value) return value;
  const text = JSON.stringify(value);
  if (last.current?.text !== text) last.current = { value, text };
  return last.current.value;
}
