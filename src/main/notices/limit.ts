/** Says yes at most `count` times within any `windowMs`. Pure but for the clock. */
export function createLimit(count: number, windowMs: number, now: () => number = Date.now): () => boolean {
  let times: number[] = [];
  return () => {
    const at = now();
    times = times.filter((time) => at - time < windowMs);
    if (times.length >= count) return false;
    times.push(at);
    return true;
  };
}
