import type { Overhead } from '../shared/overhead.js';
import { formatNumber, formatPercent } from './format.js';
import { t } from './index.js';

/** "adds 0.3 ms (p50), 0.9 ms (p95) over the last hour; 78 MiB; 0.4% CPU"; parts that are not known are left out. */
export function overheadText({ added, rssBytes, cpuPercent }: Overhead): string {
  return [
    added && t('overhead.added', { p50: shortTime(added.p50Ms), p95: shortTime(added.p95Ms) }),
    t('overhead.memory', { size: Math.round(rssBytes / (1024 * 1024)) }),
    cpuPercent !== undefined && t('overhead.cpu', { percent: formatPercent(cpuPercent, 1) }),
  ]
    .filter(Boolean)
    .join('; ');
}

function shortTime(ms: number): string {
  return `${formatNumber(ms, ms < 0.1 ? 2 : ms < 9.95 ? 1 : 0)} ms`;
}
