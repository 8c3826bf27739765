export interface PointerWatch {
  /** Whether the pointer has been seen at one place for `restMs`, or was watched for `longestMs`. To be asked again and again. */
  rests(restMs: number, longestMs: number): boolean;
  /** Begins again with the next question. */
  reset(): void;
}

/** Whether a hand is at work, as far as the pointer tells: where it can't be seen (Wayland), it seems to rest. */
export function createPointerWatch(
  position: () => { readonly x: number; readonly y: number },
  now: () => number = Date.now,
): PointerWatch {
  let since: number | undefined;
  let still: { readonly x: number; readonly y: number; readonly at: number } | undefined;
  return {
    rests(restMs, longestMs) {
      const { x, y } = position();
      since ??= now();
      if (!still || still.x !== x || still.y !== y) still = { x, y, at: now() };
      return now() - still.at >= restMs || now() - since >= longestMs;
    },
    reset() {
      since = undefined;
      still = undefined;
    },
  };
}
