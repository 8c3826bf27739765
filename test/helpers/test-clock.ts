/** A wall clock that a test moves. */
export interface TestClock {
  readonly now: () => number;
  /** Milliseconds; back in time if negative. */
  jump(ms: number): void;
}

export function createTestClock(): TestClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    jump(ms) {
      offset += ms;
    },
  };
}
