import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * What V8 is told about memory, because of what passes through a proxy. All of it was measured: docs/adr/0003 has the
 * figures, and says how to take them again. V8's flags are no stable interface: one that a later Node does not know is
 * passed over, and memory or CPU is as it would be without.
 */

/** How much larger half of the young generation becomes under traffic: what is in flight then dies in it. */
const GROWTH = 8;
const GROWN_BYTES = 2 * GROWTH * 1024 * 1024;
const CHECK_MS = 100;
/**
 * A collection takes about a millisecond, these bytes on this machine ten. With twice as many V8 may take the buffers for
 * a reason to look through its whole heap, over and over.
 */
const COLLECT_EVERY_BYTES = 4 * 1024 * 1024;

/**
 * Nothing begins old. In a young generation that can't grow any more, V8 learns from what survives there what to put into
 * the old one at once: hundreds of streams teach it so of an exchange, and where a part of one begins old, all that it
 * points to outlives every small collection (32 connections, CPU a request: 251 us with, 231 without).
 */
export function avoidPretenuring(): void {
  v8.setFlagsFromString('--no-allocation-site-pretenuring');
}

/**
 * Keeps the young generation at the size it starts with (1 MiB a half) until there is traffic: an idle proxy is small.
 * So little survives in it that waking other threads to help costs more than they take over.
 */
export function keepYoungGenerationSmall(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  v8.setFlagsFromString('--no-parallel-scavenge');
}

/**
 * Gives V8 leave to grow its young generation, once, while exchanges pass (190 collections in place of 1,880 for 26,000
 * of them). V8 grows it when enough has survived, and makes it small again when there is little to do; it never gets
 * beyond this size. Returns its end.
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

let passed = 0;
let collect: (() => void) | undefined;

/**
 * Counts bytes of bodies that have passed. Each buffer that was read is garbage once it is written, but V8 sees the small
 * object alone and collects 64 MiB of buffers late: after every 4 MiB it is told to look at its young generation, so
 * that memory stays flat during an upload (+4 MiB of 512, in place of +71).
 */
export function countPassed(bytes: number): void {
  passed += bytes;
  if (passed < COLLECT_EVERY_BYTES) return;
  passed = 0;
  collect ??= createCollector();
  collect();
}

/** Node has no other way to its collector than this flag; without it nothing is lost but the flatness. */
function createCollector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const gc: unknown = vm.runInNewContext('globalThis.gc');
  return typeof gc === 'function' ? () => gc({ type: 'minor' }) : () => {};
}
