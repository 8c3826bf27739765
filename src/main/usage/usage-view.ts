import type { Engine } from '../../engine/types.js';
import { DAY_MS, HOUR_MS } from '../../shared/calendar.js';
import type { Period, RequestInput, ShownUsage } from '../../shared/ipc.js';
import { addTotals, EMPTY_TOTALS } from '../../shared/totals.js';
import type { UsageTotals } from '../../shared/usage.js';
import { withKeyLabels } from './usage-parts.js';

const LENGTHS = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const;

/** Answers what the chart and the table show. `session` is since the proxy was started, or since the last start. */
export async function usageView(
  engine: Pick<Engine, 'ledger' | 'keys'>,
  input: RequestInput<'usage:view'>,
  sessionStart: number,
): Promise<ShownUsage> {
  const { period, by, model, tool } = input;
  const until = Date.now();
  const since = sinceOf(period, sessionStart, until);
  const bucketMs = bucketOf(until - since);
  const query = { since, model, tool };
  const [points, groups] = await Promise.all([
    engine.ledger.series({ ...query, by, bucketMs }),
    engine.ledger.breakdown({ ...query, by }),
  ]);
  // Each exchange is in one group: the ledger need not be asked a third time.
  const totals = groups.reduce<UsageTotals>(addTotals, EMPTY_TOTALS);
  const named = by === 'key' ? await withKeyLabels(engine, groups) : groups;
  return { since, until, bucketMs, points, groups: named, totals };
}

/** When that period began, in Unix milliseconds. */
export function sinceOf(period: Period, sessionStart: number, now: number = Date.now()): number {
  return period === 'session' ? sessionStart : now - LENGTHS[period];
}

/** About two dozen bars, of lengths people think in. */
function bucketOf(spanMs: number): number | 'day' {
  if (spanMs <= 6 * HOUR_MS) return HOUR_MS / 4;
  if (spanMs <= 2 * DAY_MS) return HOUR_MS;
  if (spanMs <= 8 * DAY_MS) return 6 * HOUR_MS;
  return 'day';
}
