/** Durations of the last hour in fixed memory: recording one is a few operations on an array and makes nothing new. */
export interface RollingHistogram {
  /** Milliseconds; below a microsecond counts as 0, above `MAX_MS` as that. */
  record(ms: number): void;
  readonly count: number;
  /**
   * Milliseconds, for `share` from 0 to 1: at least that share took no longer. At most 6 % too high. Undefined where
   * nothing was recorded.
   */
  quantile(share: number): number | undefined;
}

const SLOTS = 60;
const SLOT_MS = 60_000;
/**
 * As HdrHistogram does: each power of two is parted into as many buckets, so that the error is a share of the value
 * (https://github.com/HdrHistogram/HdrHistogram).
 */
const PARTS_BITS = 4;
const PARTS = 1 << PARTS_BITS;
const MAX_MICROSECONDS = 2 ** 26 - 1;
export const MAX_MS = MAX_MICROSECONDS / 1000;
const BUCKETS = bucketOf(MAX_MICROSECONDS) + 1;

/** `now`: milliseconds that never go back. */
export function createRollingHistogram(now: () => number = () => performance.now()): RollingHistogram {
  const counts = new Uint32Array(SLOTS * BUCKETS);
  /** Which minute each slot holds; none has come yet. */
  const minutes = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY);
  const minuteNow = () => Math.floor(now() / SLOT_MS);
  const isRecent = (slot: number, minute: number) => (minutes[slot] as number) > minute - SLOTS;

  /** Calls `visit` with each bucket's count over the last hour, until it gives true. */
  function walk(visit: (count: number, bucket: number) => boolean): void {
    const minute = minuteNow();
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      let sum = 0;
      for (let slot = 0; slot < SLOTS; slot++) {
        if (isRecent(slot, minute)) sum += counts[slot * BUCKETS + bucket] as number;
      }
      if (visit(sum, bucket)) return;
    }
  }

  function total(): number {
    let sum = 0;
    walk((count) => {
      sum += count;
      return false;
    });
    return sum;
  }

  return {
    record(ms) {
      const minute = minuteNow();
      const slot = minute % SLOTS;
      if (minutes[slot] !== minute) {
        counts.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS);
        minutes[slot] = minute;
      }
      const microseconds = Math.min(Math.max(Math.round(ms * 1000), 0), MAX_MICROSECONDS);
      const at = slot * BUCKETS + bucketOf(microseconds);
      counts[at] = (counts[at] as number) + 1;
    },
    get count() {
      return total();
    },
    quantile(share) {
      const wanted = Math.max(1, Math.ceil(total() * share));
      let seen = 0;
      let found: number | undefined;
      walk((count, bucket) => {
        seen += count;
        if (seen < wanted) return false;
        found = highestOf(bucket) / 1000;
        return true;
      });
      return found;
    },
  };
}

/** Buckets of one microsecond up to twice `PARTS`, then `PARTS` of them for each power of two. */
function bucketOf(microseconds: number): number {
  const shift = Math.max(0, 31 - Math.clz32(microseconds) - PARTS_BITS);
  return shift * PARTS + (microseconds >>> shift);
}

/** The largest value of a bucket, in microseconds. */
function highestOf(bucket: number): number {
  const shift = Math.max(0, Math.floor(bucket / PARTS) - 1);
  return ((bucket - shift * PARTS + 1) << shift) - 1;
}
