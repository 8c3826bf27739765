/** What Meshbar itself costs. Plain data. */

export interface Overhead {
  /** What it added to each request of the last hour, the model's and the network's time left out; undefined: none came. */
  readonly added?: AddedTime | undefined;
  /** Memory of the process. */
  readonly rssBytes: number;
  /** Of one core, over the last minute or two: 100 is a whole one. Undefined in the first seconds. */
  readonly cpuPercent?: number | undefined;
}

interface AddedTime {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** "adds 0.3 ms (p50), 0.9 ms (p95) over the last hour; 78 MiB; 0.4 % CPU"; parts that are not known are left out. */
export function overheadText({ added, rssBytes, cpuPercent }: Overhead): string {
  const parts = [`${Math.round(rssBytes / (1024 * 1024))} MiB`];
  if (added) parts.unshift(`adds ${ms(added.p50Ms)} (p50), ${ms(added.p95Ms)} (p95) over the last hour`);
  if (cpuPercent !== undefined) parts.push(`${cpuPercent.toFixed(1)} % CPU`);
  return parts.join('; ');
}

function ms(value: number): string {
  if (value < 0.1) return `${value.toFixed(2)} ms`;
  return value < 9.95 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}
