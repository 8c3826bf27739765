import { useEffect } from 'react';
import { useActiveTooltipLabel, useXAxisScale, useYAxisScale } from 'recharts';
import { amountOf, type ChartRow, isMore, type Metric } from './chart-data.js';

const HEIGHT = 4;

interface MoreMarksProps {
  readonly rows: readonly ChartRow[];
  readonly metric: Metric;
  readonly fill: string;
}

/** A hatched cap on each bar that is known to be too low: something in it has no price, or was not measured. */
export function MoreMarks({ rows, metric, fill }: MoreMarksProps) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!x || !y) return null;
  return rows
    .filter(({ totals }) => isMore(metric, totals))
    .map(({ at, totals }) => {
      const start = x(at, { position: 'start' });
      const end = x(at, { position: 'end' });
      const top = y(amountOf(metric, totals));
      if (start === undefined || end === undefined || top === undefined) return null;
      const gap = (end - start) * 0.12;
      return (
        <rect key={at} x={start + gap} width={end - start - 2 * gap} y={top - HEIGHT} height={HEIGHT} fill={fill} />
      );
    });
}

/** Tells which bar is pointed at, or is under the arrow keys. */
export function ActiveBar({ onChange }: { onChange: (at: number | undefined) => void }) {
  const label = useActiveTooltipLabel();
  useEffect(() => onChange(typeof label === 'number' ? label : undefined));
  return null;
}
