import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { addTotals, EMPTY_TOTALS } from '../../../shared/totals.js';
import type { UsageGroup, UsageTotals } from '../../../shared/usage.js';
import { coloured, meet } from '../../colours/use-colours.js';
import { ErrorText } from '../../components/ErrorText.js';
import type { Sort } from '../../components/Table.js';
import { store, useStore } from '../../store/use-store.js';
import { BilledLine } from './BilledLine.js';
import { BILLED_PERIODS } from './billed-words.js';
import { ChartControls, PeriodControls } from './Controls.js';
import { type ChartData, chartDataOf, type Stretch } from './chart-data.js';
import { chartLabel, PERIOD_WORDS } from './chart-label.js';
import styles from './UsagePanel.module.css';
import { UsageTable } from './UsageTable.js';
import type { Choices } from './use-choices.js';
import { type Usage, useSame } from './use-usage-view.js';

/** The library that draws is most of this window's code: the figures do not wait for it. */
const UsageChart = lazy(async () => ({ default: (await import('./UsageChart.js')).UsageChart }));

interface UsagePanelProps {
  readonly usage: Usage;
  readonly choices: Choices;
  readonly onChange: (changes: Partial<Choices>) => void;
  /** The part of the period that is looked at alone. */
  readonly stretch: Stretch | undefined;
  readonly onStretch: (stretch: Stretch | undefined) => void;
}

const DEAREST_FIRST: Sort = { column: 'cost', ascending: false };

/** Over time, by model or by tool; and the same in figures. */
export function UsagePanel({ usage, choices, onChange, stretch, onStretch }: UsagePanelProps) {
  const { period, metric } = choices;
  const filter = useStore((state) => state.filter);
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  const [sort, setSort] = useState(DEAREST_FIRST);
  const { view, by, error } = usage;
  const chosen = by === 'model' ? filter.model : filter.tool;

  const data = useSame(
    useMemo(() => {
      if (!view) return undefined;
      const names = [...new Set(view.groups.map(({ key }) => key))];
      meet(by, names);
      return chartDataOf(view, metric, coloured(by, names));
    }, [view, by, metric]),
  );
  const groups = useSame(stretch && view ? groupsWithin(view.points, stretch) : view?.groups);

  const choose = useCallback(
    (name: string) =>
      store.setFilter({ ...store.state.filter, [by]: store.state.filter[by] === name ? undefined : name }),
    [by],
  );
  const chooseStretch = useCallback(
    (next: Stretch) => onStretch(stretch?.at === next.at ? undefined : next),
    [onStretch, stretch?.at],
  );

  const billedPeriod = BILLED_PERIODS.find((one) => one === period);
  const isWhole = !stretch && filter.model === undefined && filter.tool === undefined;
  return (
    <section aria-label="Usage over time">
      <ChartControls choices={choices} onChange={onChange} />
      <ErrorText error={error} />
      <div className={styles.chart}>
        {data && (
          <Suspense>
            <UsageChart
              data={data}
              kind={by}
              label={chartLabel(data, period, by)}
              chosen={chosen}
              stretch={stretch}
              onChoose={chooseStretch}
            />
          </Suspense>
        )}
        {data && isEmpty(data) && <p className={styles.none}>No requests {PERIOD_WORDS[period]}.</p>}
      </div>
      <PeriodControls choices={choices} onChange={onChange} stretch={stretch} onStretch={onStretch} />
      {groups && groups.length > 0 && (
        <UsageTable
          groups={groups}
          kind={by}
          cents={cents}
          sort={sort}
          onSort={setSort}
          chosen={chosen}
          onChoose={choose}
        />
      )}
      {billedPeriod && isWhole && view && view.totals.exchanges > 0 && <BilledLine period={billedPeriod} />}
    </section>
  );
}

/** The table of one bar, from what the chart knows already. */
function groupsWithin(
  points: readonly (UsageTotals & { at: number; key: string })[],
  { at, end }: Stretch,
): UsageGroup[] {
  const groups = new Map<string, UsageGroup>();
  for (const { at: start, key, ...totals } of points) {
    if (start < at || start >= end) continue;
    groups.set(key, { ...addTotals(groups.get(key) ?? EMPTY_TOTALS, totals), key });
  }
  return [...groups.values()];
}

function isEmpty({ rows }: ChartData): boolean {
  return rows.every(({ totals }) => totals.exchanges === 0);
}
