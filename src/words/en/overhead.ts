/** What Meshbar itself costs: time, memory and CPU. */
export const overhead = {
  'overhead.added': 'adds {p50} (p50), {p95} (p95) over the last hour',
  'overhead.memory': '{size} MiB',
  'overhead.cpu': '{percent} CPU',
} as const;
