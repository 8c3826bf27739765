/** A wall clock that went this much further or less far than the other one was set, or the machine slept. */
const JUMP_MS = 5000;

/**
 * To be asked `longestPauseMs` after the last time at the latest: whether the machine slept, or its clock was set, since
 * then. Some systems count sleep in the monotonic clock and others do not; a pause in the asking shows it on the former.
 */
export function createJumpDetector(now: () => number, monotonic: () => number, longestPauseMs: number): () => boolean {
  let last = { wall: now(), steady: monotonic() };
  return () => {
    const current = { wall: now(), steady: monotonic() };
    const steady = current.steady - last.steady;
    const wall = current.wall - last.wall;
    last = current;
    return Math.abs(wall - steady) >= JUMP_MS || steady >= longestPauseMs + JUMP_MS;
  };
}
