import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * A collection takes about a millisecond, these bytes on this machine ten. With twice as many V8 may take the buffers for
 * a reason to look through its whole heap, over and over (docs/adr/0003).
 */
const COLLECT_EVERY_BYTES = 4 * 1024 * 1024;

let passed = 0;
let collect: (() => void) | undefined;

/**
 * Counts bytes of bodies that have passed. Each buffer that was read is garbage once it is written, but V8 sees the small
 * object alone and collects 64 MiB of buffers late: after every 4 MiB it is told to look at its young generation, so
 * that memory stays flat during an upload.
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
