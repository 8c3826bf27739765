/** When to try again after failures: twice as long each time, with jitter so that many do not come at once. */
export interface Backoff {
  /** Milliseconds until the next try may be made; 0: now. */
  readonly waitMs: number;
  readonly failures: number;
  /** Notes a failure; `atLeastMs` where the other side asked for patience. */
  fail(atLeastMs?: number): void;
  reset(): void;
  /** Lets the next try be made at once without forgetting that the last ones failed. */
  skip(): void;
}

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** No server may put us off for longer. */
const MOST_PATIENCE_MS = 300_000;

/** `monotonic` gives milliseconds of a clock that nobody sets: the wall clock may jump back by hours. */
export function createBackoff(monotonic: () => number, random: () => number = Math.random): Backoff {
  let failures = 0;
  let until = 0;
  return {
    get waitMs() {
      return Math.max(0, until - monotonic());
    },
    get failures() {
      return failures;
    },
    fail(atLeastMs = 0) {
      const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
      failures += 1;
      const jittered = full * (0.5 + random() / 2);
      until = monotonic() + Math.max(jittered, Math.min(atLeastMs, MOST_PATIENCE_MS));
    },
    reset() {
      failures = 0;
      until = 0;
    },
    skip() {
      until = 0;
    },
  };
}
