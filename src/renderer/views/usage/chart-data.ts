import type { ShownUsage } from '../../../shared/ipc.js';
import { addTotals, EMPTY_TOTALS } from '../../../shared/totals.js';
import type { UsageTotals } from '../../../shared/usage.js';

/** What the chart draws: a row for each stretch of time, empty ones too, and in it a value for each name. Pure. */

export const METRICS = ['cost', 'tokens', 'requests', 'errors'] as const;
export type Metric = (typeof METRICS)[number];

/** What is drawn of one model or tool. */
export interface Series {
  /** undefined: all that have no colour of their own, together. */
  readonly name: string | undefined;
  /** Errors are drawn apart: what failed, and what was cut while it passed. */
  readonly part: 'whole' | 'failed' | 'interrupted';
}

/** Half-open, Unix milliseconds. */
export interface Stretch {
  readonly at: number;
  readonly end: number;
}

export interface ChartRow extends Stretch {
  /** In the order of the series. */
  readonly values: readonly number[];
  /** What was summed for each name of the table, the empty ones left out, in the order of the series. */
  readonly cells: readonly { readonly name: string | undefined; readonly totals: UsageTotals }[];
  readonly totals: UsageTotals;
}

export interface ChartData {
  readonly metric: Metric;
  readonly bucketMs: number | 'day';
  readonly series: readonly Series[];
  readonly rows: readonly ChartRow[];
}

/** What an amount of that kind is, as a number. */
export function amountOf(metric: Metric, totals: UsageTotals): number {
  if (metric === 'cost') return totals.costNanoUsd + totals.surchargeNanoUsd;
  if (metric === 'tokens') return totals.inputTokens + totals.outputTokens;
  return metric === 'requests' ? totals.exchanges : totals.failed + totals.interrupted;
}

/** `names`: those with a colour of their own, from the bottom up; the rest is drawn as one. */
export function chartDataOf(view: ShownUsage, metric: Metric, names: readonly string[]): ChartData {
  const own = new Set(names);
  const hasRest = view.points.some(({ key }) => !own.has(key));
  const drawn = hasRest ? [...names, undefined] : names;
  const parts: readonly Series['part'][] = metric === 'errors' ? ['failed', 'interrupted'] : ['whole'];
  const series = drawn.flatMap((name) => parts.map((part) => ({ name, part })));

  const sums = new Map<number, Map<string | undefined, UsageTotals>>();
  for (const point of view.points) {
    const name = own.has(point.key) ? point.key : undefined;
    const bucket = sums.get(point.at) ?? new Map<string | undefined, UsageTotals>();
    sums.set(point.at, bucket.set(name, addTotals(bucket.get(name) ?? EMPTY_TOTALS, point)));
  }
  const rows = stretchesOf(view).map((stretch): ChartRow => {
    const bucket = sums.get(stretch.at);
    const cells = drawn.flatMap((name) => {
      const totals = bucket?.get(name);
      return totals ? [{ name, totals }] : [];
    });
    return {
      ...stretch,
      values: series.map(({ name, part }) => partOf(metric, part, bucket?.get(name))),
      cells,
      totals: cells.reduce((sum, { totals }) => addTotals(sum, totals), EMPTY_TOTALS),
    };
  });
  return { metric, bucketMs: view.bucketMs, series, rows };
}

function partOf(metric: Metric, part: Series['part'], totals: UsageTotals | undefined): number {
  if (!totals) return 0;
  return part === 'whole' ? amountOf(metric, totals) : totals[part];
}

/** Every stretch from the first to the last moment, as main parts them: days by the calendar, all else by the clock. */
export function stretchesOf({ since, until, bucketMs }: Pick<ShownUsage, 'since' | 'until' | 'bucketMs'>): Stretch[] {
  const stretches: Stretch[] = [];
  if (bucketMs === 'day') {
    const first = new Date(since);
    const dayAt = (n: number) => new Date(first.getFullYear(), first.getMonth(), first.getDate() + n).getTime();
    for (let n = 0; dayAt(n) < until; n++) stretches.push({ at: dayAt(n), end: dayAt(n + 1) });
    return stretches;
  }
  for (let at = Math.floor(since / bucketMs) * bucketMs; at < until; at += bucketMs) {
    stretches.push({ at, end: at + bucketMs });
  }
  return stretches;
}

/** Whether there is something in a sum that its amount does not tell: it is more than what is drawn. */
export function isMore(metric: Metric, { standings }: UsageTotals): boolean {
  const { partial, unpriced, unmetered } = standings;
  if (metric === 'cost') return partial + unpriced + unmetered > 0;
  return metric === 'tokens' && partial + unmetered > 0;
}
