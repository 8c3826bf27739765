import type { Overhead } from '../../shared/overhead.js';
import { createRollingHistogram } from './rolling-histogram.js';

export interface OverheadMeter {
  /** What one request's way through the proxy took, in milliseconds. */
  record(ms: number): void;
  read(): Overhead;
  close(): void;
}

/** Rare enough that an idle laptop does not notice. */
const SAMPLE_MS = 10_000;
const SAMPLES = 7;
/** Less than this says nothing about a minute. */
const LEAST_MS = 2000;

/** Measures this process until close(). */
export function createOverheadMeter(): OverheadMeter {
  const histogram = createRollingHistogram();
  const samples = [cpuSample()];
  const timer = setInterval(() => {
    samples.push(cpuSample());
    if (samples.length > SAMPLES) samples.shift();
  }, SAMPLE_MS);
  timer.unref();

  function cpuPercent(): number | undefined {
    const [then, now] = [samples[0], cpuSample()];
    if (!then || now.at - then.at < LEAST_MS) return undefined;
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
