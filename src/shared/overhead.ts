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
