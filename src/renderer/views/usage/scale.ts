import { NANO_PER_USD } from '../../../shared/money.js';
import { formatNumber, formatUsd } from '../../../words/format.js';
import type { Metric } from './chart-data.js';

/** The scale beside the chart: a few round lines, all written with the same digits and unit. Pure. */

export interface Scale {
  /** From 0 to the first round amount that is no less than the highest bar. */
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

const STEPS = 3;
/** Round ones, from 1 to 10. */
const ROUND = [1, 2, 2.5, 5, 10];
/** Of a chart in which there is nothing: $1, 1000 tokens, 3 requests. */
const LEAST: Readonly<Record<Metric, number>> = { cost: NANO_PER_USD, tokens: 1000, requests: STEPS, errors: STEPS };

/** `highest` in the unit of the metric: nano-USD, tokens, requests. */
export function scaleOf(metric: Metric, highest: number): Scale {
  const most = highest > 0 ? highest : LEAST[metric];
  const step = stepFor(most / STEPS, metric !== 'cost');
  const ticks = [0];
  while ((ticks.at(-1) ?? 0) < most) ticks.push(ticks.length * step);
  return { ticks, format: formatFor(metric, step, ticks.at(-1) ?? step) };
}

function stepFor(least: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const steps = ROUND.map((round) => round * power);
  return steps.find((step) => step >= least * (1 - 1e-9) && (!isWhole || Number.isInteger(step))) ?? 1;
}

function formatFor(metric: Metric, step: number, last: number): (value: number) => string {
  if (metric === 'cost') {
    const digits = digitsOf(step / NANO_PER_USD);
    return (value) => formatUsd(value / NANO_PER_USD, digits === 0 ? 0 : Math.max(digits, 2));
  }
  if (metric !== 'tokens') return (value) => formatNumber(value);
  const [unit, size] = last < 1000 ? ['', 1] : last < 1e6 ? [' k', 1e3] : last < 1e9 ? [' M', 1e6] : [' B', 1e9];
  const digits = digitsOf(step / size);
  return (value) => `${formatNumber(value / size, digits)}${unit}`;
}

/** Digits behind the point that the step needs: 0.025 needs three. */
function digitsOf(step: number): number {
  let digits = 0;
  while (digits < 9 && Math.abs(Number(step.toFixed(digits)) - step) > step * 1e-6) digits += 1;
  return digits;
}
