import { lazy, memo, Suspense, useCallback, useMemo, useState } from 'react';
import type { Part, Period } from '../../../shared/ipc.js';
import { addTotals, EMPTY_TOTALS } from '../../../shared/totals.js';
import type { UsageGroup, UsageTotals } from '../../../shared/usage.js';
import { t } from '../../../words/index.js';
import { coloured, meet } from '../../colours/colours.js';
import { ErrorText } from '../../components/ErrorText.js';
import type { Sort } from '../../components/Table.js';
import { useAnswer } from '../../store/use-answer.js';
import { useSame } from '../../store/use-same.js';
import { store, useStore } from '../../store/use-store.js';
import { BilledLine } from './BilledLine.js';
import { BILLED_PERIODS } from './billed-words.js';
import { ChartLegend } from './ChartLegend.js';
import { ChartControls, PeriodControls } from './Controls.js';
import { type ChartData, chartDataOf, type Stretch } from './chart-data.js';
import { chartLabel } from './chart-label.js';
import styles from './UsagePanel.module.css';
import { UsageTable } from './UsageTable.js';
import type { Choices } from './use-choices.js';
import { useNames } from './use-names.js';
import type { Usage } from './use-usage-view.js';

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

const ALWAYS: readonly Part[] = ['model', 'tool'];
const PARTS_MS = 10_000;
const DEAREST_FIRST: Sort = { column: 'cost', ascending: false };

/** Over time, by model, tool, key or project; and the same in figures. */
export const UsagePanel = memo(function UsagePanel(props: UsagePanelProps) {
  const { usage, choices, onChange, stretch, onStretch } = props;
  const { period, metric } = choices;
  const filter = useStore((state) => state.filter);
  const cents = useStore((state) => state.app?.settings.currencyFormat === 'cents');
  const [sort, setSort] = useState(DEAREST_FIRST);
  const { view, by, error } = usage;
  const filteredBy = by === 'model' || by === 'tool' ? by : undefined;
  const chosen = filteredBy && filter[filteredBy];
  const parts = useParts(period);
  const names = useNames(by, view?.groups);

  const data = useSame(
    useMemo(() => {
      if (!view) return undefined;
      const keys = [...new Set(view.groups.map(({ key }) => key))];
      meet(by, keys);
      return chartDataOf(view, metric, coloured(by, keys));
    }, [view, by, metric]),
  );
  const groups = useSame(
    useMemo(() => {
      const shown = stretch && view ? groupsWithin(view.points, stretch) : view?.groups;
      return shown?.map((group) => ({ ...group, label: names[group.key] ?? group.key }));
    }, [view, stretch, names]),
  );

  const choose = useCallback(
    (name: string) => {
      if (!filteredBy) return;
      const { filter: before } = store.state;
      store.setFilter({ ...before, [filteredBy]: before[filteredBy] === name ? undefined : name });
    },
    [filteredBy],
  );
  const chooseStretch = useCallback(
    (next: Stretch) => onStretch(stretch?.at === next.at ? undefined : next),
    [onStretch, stretch?.at],
  );

  const billedPeriod = BILLED_PERIODS.find((one) => one === period);
  const isWhole = !stretch && filter.model === undefined && filter.tool === undefined;
  return (
    <section aria-label={t('app.usage.overTime')}>
      <ChartControls choices={choices} onChange={onChange} parts={parts} />
      <ErrorText error={error} />
      <div className={styles.chart}>
        {data && (
          <Suspense>
            <UsageChart
              data={data}
              kind={by}
              names={names}
              label={chartLabel(data, usage.period, by)}
              chosen={chosen}
              stretch={stretch}
              onChoose={chooseStretch}
            />
          </Suspense>
        )}
        {data && isEmpty(data) && <p className={styles.none}>{t(`app.usage.none.${usage.period}`)}</p>}
      </div>
      {data && <ChartLegend data={data} />}
      <PeriodControls choices={choices} onChange={onChange} stretch={stretch} onStretch={onStretch} />
      {groups && groups.length > 0 && (
        <UsageTable
          groups={groups}
          kind={by}
          cents={cents}
          sort={sort}
          onSort={setSort}
          chosen={chosen}
          onChoose={filteredBy && choose}
        />
      )}
      {billedPeriod && isWhole && view && view.totals.exchanges > 0 && <BilledLine period={billedPeriod} />}
    </section>
  );
});

/** What there is to group by in that period. */
function useParts(period: Period): readonly Part[] {
  const { value } = useAnswer('usage:parts', { period }, { live: true, leastMs: PARTS_MS });
  return value ?? ALWAYS;
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
