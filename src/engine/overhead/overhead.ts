import type { Overhead } from '../../shared/overhead.js';
import { createRollingHistogram } from './rolling-histogram.js';

export interface OverheadMeter {
  /** What one request's way through the proxy took, in milliseconds. */
  record(ms: number): void;
  read(): Overhead;
  close(): void;
}

/** Each time wakes the processor: rare enough that an idle laptop does not notice. */
const SAMPLE_MS = 60_000;
/** Less than this says nothing about a minute. */
const LEAST_MS = 2000;

/** Measures this process until close(). */
export function createOverheadMeter(): OverheadMeter {
  const histogram = createRollingHistogram();
  let last = cpuSample();
  let then = last;
  const timer = setInterval(() => {
    then = last;
    last = cpuSample();
  }, SAMPLE_MS);
  timer.unref();

  function cpuPercent(): number | undefined {
    const now = cpuSample();
    if (now.at - then.at < LEAST_MS) return undefined;
    return ((now.busyMs - then.busyMs) / (now.at - then.at)) * 100;
  }

  return {
    record: (ms) => histogram.record(ms),
    read() {
      const [p50Ms, p95Ms] = [histogram.quantile(0.5), histogram.quantile(0.95)];
      return {
        added: p50Ms === undefined || p95Ms === undefined ? undefined : { requests: histogram.count, p50Ms, p95Ms },
        rssBytes: process.memoryUsage.rss(),
        cpuPercent: cpuPercent(),
      };
    },
    close: () => clearInterval(timer),
  };
}

/** All threads of the process; both in milliseconds. */
function cpuSample(): { at: number; busyMs: number } {
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), busyMs: (user + system) / 1000 };
}
