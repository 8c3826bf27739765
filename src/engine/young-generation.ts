import './no-pretenuring.js';
import v8 from 'node:v8';

/**
 * Keeps V8's young generation at the size it starts with (1 MiB a half) until there is traffic: an idle proxy is small.
 * Import it first: it counts from then on (docs/adr/0003).
 */
v8.setFlagsFromString('--semi-space-growth-factor=1');
/** So little survives in it that waking other threads to help costs more than they take over. */
v8.setFlagsFromString('--no-parallel-scavenge');

/** How much larger a half becomes under traffic: what is in flight at once then dies before it would be promoted. */
const GROWTH = 8;
const GROWN_BYTES = 2 * GROWTH * 1024 * 1024;
const CHECK_MS = 100;

/**
 * Gives V8 leave to grow its young generation, once, while exchanges pass. V8 grows it when enough has survived, and
 * makes it small again when there is little to do; it never gets beyond this size. Returns its end.
 */
export function growUnderTraffic(onActivity: (listener: () => void) => () => void): () => void {
  let mayGrow = false;
  let checkedAt = Number.NEGATIVE_INFINITY;
  return onActivity(() => {
    const now = performance.now();
    if (now - checkedAt < CHECK_MS) return;
    checkedAt = now;
    const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    const grow = young !== undefined && young.space_size < GROWN_BYTES;
    if (grow === mayGrow) return;
    mayGrow = grow;
    v8.setFlagsFromString(`--semi-space-growth-factor=${grow ? GROWTH : 1}`);
  });
}
