import { type KeyboardEvent, memo, useId, useRef } from 'react';
import { Bar, BarChart, BarStack, CartesianGrid, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts';
import { t } from '../../../words/index.js';
import { colourOf, type Kind, OTHER_COLOUR } from '../../colours/colours.js';
import { ActiveBar, MoreMarks } from './ChartMarks.js';
import { ChartTooltip } from './ChartTooltip.js';
import { amountOf, type ChartData, type ChartRow, type Series, type Stretch } from './chart-data.js';
import { scaleOf } from './scale.js';
import { ticksOf, tickWords } from './time-words.js';
import styles from './UsageChart.module.css';
import type { Names } from './use-names.js';

interface UsageChartProps {
  readonly data: ChartData;
  readonly kind: Kind;
  readonly names: Names;
  /** What it shows, for those who can't see it. */
  readonly label: string;
  /** The name that is filtered by: the others are faint. */
  readonly chosen: string | undefined;
  /** The stretch that is filtered by. */
  readonly stretch: Stretch | undefined;
  readonly onChoose: (stretch: Stretch) => void;
}

const HEIGHT = 132;
const GROW_MS = 150;
const MARGIN = { top: 8, right: 0, bottom: 0, left: 0 };
const TICK = { fill: 'var(--text-secondary)', fontSize: 11 };

/** Bars over time, stacked by what they are grouped by. Drawn again only when it shows something else. */
export const UsageChart = memo(function UsageChart(props: UsageChartProps) {
  const { data, kind, names, label, chosen, stretch, onChoose } = props;
  const { rows, series, metric, bucketMs } = data;
  const scale = scaleOf(metric, Math.max(...rows.map((row) => amountOf(metric, row.totals)), 0));
  const patterns = useId();
  const active = useRef<number>(undefined);

  function choose(index: number | undefined): void {
    const row = index === undefined ? undefined : rows[index];
    if (row) onChoose({ at: row.at, end: row.end });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(active.current);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys pressed in the chart, which can be focused, bubble up to here
    <div className={styles.chart} onKeyDown={onKeyDown}>
      <BarChart
        responsive
        style={{ width: '100%', height: HEIGHT }}
        data={rows}
        margin={MARGIN}
        barCategoryGap={bucketMs === 'day' ? '14%' : '12%'}
        aria-label={label}
        onClick={({ activeTooltipIndex }) =>
          choose(activeTooltipIndex == null ? undefined : Number(activeTooltipIndex))
        }
      >
        <defs>
          {series.map(
            (one, index) =>
              one.part === 'interrupted' && (
                <Hatch key={one.name ?? ''} id={`${patterns}${index}`} colour={colourFor(kind, one)} />
              ),
          )}
          <Hatch id={`${patterns}more`} colour="var(--text-secondary)" />
        </defs>
        <CartesianGrid vertical={false} stroke="var(--hairline)" />
        <XAxis
          dataKey="at"
          ticks={[...ticksOf(rows, bucketMs)]}
          interval={0}
          tickFormatter={(at: number) => tickWords(at, bucketMs)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--border)' }}
          height={20}
          tickMargin={4}
        />
        <YAxis
          orientation="right"
          width="auto"
          ticks={[...scale.ticks]}
          domain={[0, scale.ticks.at(-1) ?? 'auto']}
          tickFormatter={scale.format}
          tick={TICK}
          tickLine={false}
          axisLine={false}
        />
        {stretch && <ReferenceArea x1={stretch.at} x2={stretch.at} fill="var(--accent-soft)" fillOpacity={1} />}
        <Tooltip
          cursor={{ fill: 'var(--control)', fillOpacity: 0.6 }}
          isAnimationActive={false}
          position={{ y: 0 }}
          allowEscapeViewBox={{ x: false, y: true }}
          wrapperStyle={{ zIndex: 20 }}
          content={({ active: isActive, payload }) => {
            const row = payload?.[0]?.payload as ChartRow | undefined;
            return isActive && row ? <ChartTooltip row={row} metric={metric} kind={kind} names={names} /> : null;
          }}
        />
        <BarStack radius={[2, 2, 0, 0]}>
          {series.map((one, index) => (
            <Bar
              key={`${one.name ?? ''} ${one.part}`}
              dataKey={`values[${index}]`}
              name={one.name === undefined ? t('app.usage.chart.others') : (names[one.name] ?? one.name)}
              fill={one.part === 'interrupted' ? `url(#${patterns}${index})` : colourFor(kind, one)}
              fillOpacity={chosen === undefined || chosen === one.name ? 1 : 0.22}
              animationDuration={GROW_MS}
              animationEasing="ease-out"
            />
          ))}
        </BarStack>
        <MoreMarks rows={rows} metric={metric} fill={`url(#${patterns}more)`} />
        <ActiveBar
          onChange={(at) => {
            active.current = rows.findIndex((row) => row.at === at);
          }}
        />
      </BarChart>
    </div>
  );
});

function colourFor(kind: Kind, { name }: Series): string {
  return name === undefined ? OTHER_COLOUR : colourOf(kind, name);
}

function Hatch({ id, colour }: { id: string; colour: string }) {
  return (
    <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="4" height="4" style={{ fill: colour }} opacity="0.25" />
      <rect width="2" height="4" style={{ fill: colour }} />
    </pattern>
  );
}
