import type { ProxyConfig } from '../settings/config.js';

/** How long single records are kept; their sums by day, tool and model stay. Without either, for ever. */
export interface Retention {
  /** Whole days of the local calendar before today. */
  readonly maxAgeDays?: number;
  /** What the file's content may take up; the oldest records go first. */
  readonly maxBytes?: number;
}

export function retentionOf({
  retentionDays,
  retentionMegabytes,
}: Pick<ProxyConfig, 'retentionDays' | 'retentionMegabytes'>): Retention {
  return {
    ...(retentionDays === null ? {} : { maxAgeDays: retentionDays }),
    ...(retentionMegabytes === null ? {} : { maxBytes: retentionMegabytes * 1e6 }),
  };
}
