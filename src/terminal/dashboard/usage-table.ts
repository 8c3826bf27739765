import type { UsageGroup, UsageTotals } from '../../shared/usage.js';
import { formatClock, formatNumber, UNKNOWN } from '../../words/format.js';
import { costText, sumText, tokensText } from '../../words/format-totals.js';
import { t } from '../../words/index.js';
import { gapsOf } from '../lines.js';
import { plainText } from '../plain-text.js';
import { fitColumns, headLine, rowLine, type ScreenColumn } from './columns.js';
import type { DashboardModel } from './dashboard-model.js';
import { type Line, type Segment, segment, type Tone, titleLine } from './line.js';

interface UsageRow {
  readonly name: string;
  readonly providerName: string;
  readonly totals: UsageTotals;
  readonly tone: Tone;
}

/** In the place of a sum that is not known. */
const unknownSums = () => [t('totals.unpriced'), t('totals.unmetered')];

const COLUMNS: readonly ScreenColumn<UsageRow>[] = [
  {
    title: () => t('terminal.usage.head.model'),
    words: () => [t('terminal.dashboard.allModels')],
    align: 'left',
    min: 14,
    max: 34,
    rank: 1,
    cell: (row) => segment(row.name, row.tone),
  },
  {
    title: () => t('terminal.usage.head.provider'),
    align: 'left',
    min: 9,
    rank: 9,
    cell: (row) => segment(row.providerName, row.tone),
  },
  {
    title: () => t('terminal.usage.head.requests'),
    align: 'right',
    min: 8,
    rank: 3,
    cell: (row) => figure(row, formatNumber(row.totals.exchanges)),
  },
  {
    title: () => t('terminal.usage.head.in'),
    align: 'right',
    min: 6,
    rank: 5,
    cell: (row) => tokens(row, row.totals.inputTokens),
  },
  {
    title: () => t('terminal.usage.head.cached'),
    align: 'right',
    min: 6,
    rank: 8,
    cell: (row) => tokens(row, row.totals.cacheReadInputTokens),
  },
  {
    title: () => t('terminal.usage.head.out'),
    align: 'right',
    min: 6,
    rank: 4,
    cell: (row) => tokens(row, row.totals.outputTokens),
  },
  {
    title: () => t('terminal.usage.head.subtotal'),
    words: unknownSums,
    align: 'right',
    min: 9,
    rank: 6,
    cell: (row) => figure(row, sumText(row.totals, row.totals.costNanoUsd)),
  },
  {
    title: () => t('terminal.usage.head.surcharge'),
    words: unknownSums,
    align: 'right',
    min: 9,
    rank: 7,
    cell: (row) => figure(row, sumText(row.totals, row.totals.surchargeNanoUsd)),
  },
  {
    title: () => t('terminal.usage.head.total'),
    words: unknownSums,
    align: 'right',
    min: 9,
    rank: 2,
    cell: (row) => figure(row, costText(row.totals)),
  },
];

/** The sum of all models, then each, most expensive first, in at most `rows` rows. */
export function usageLines(model: DashboardModel, rows: number, withTitle: boolean, width: number): Line[] {
  const { totals, models } = model;
  const fitted = fitColumns(COLUMNS, width);
  const all: UsageRow = { name: t('terminal.dashboard.allModels'), providerName: '', totals, tone: 'strong' };
  const shown = models.length <= rows ? models : models.slice(0, Math.max(0, rows - 1));
  const lines = [
    ...(withTitle
      ? [
          titleLine(
            t('terminal.dashboard.usageSince', { time: formatClock(model.startedAt) }),
            remarksOn(totals),
            width,
          ),
        ]
      : []),
    headLine(fitted),
    ...[all, ...shown.map(rowOf)].map((row) => rowLine(fitted, row, width)),
  ];
  const hidden = models.length - shown.length;
  if (hidden > 0 && rows > 0) lines.push([segment(t('terminal.dashboard.more', { count: hidden }), 'dim')]);
  return lines;
}

/** What failed, and what the sums lack. */
function remarksOn(totals: UsageTotals): Segment[] {
  const { failed, interrupted } = totals;
  return [
    ...(failed > 0 ? [segment(t('terminal.usage.failed', { count: failed }), 'bad')] : []),
    ...(interrupted > 0 ? [segment(t('terminal.dashboard.cutCount', { count: interrupted }), 'warning')] : []),
    ...gapsOf(totals).map((gap) => segment(gap)),
  ];
}

function rowOf(group: UsageGroup): UsageRow {
  return { name: plainText(group.key), providerName: group.providerName ?? '', totals: group, tone: 'plain' };
}

function tokens(row: UsageRow, count: number): Segment {
  return figure(row, tokensText(row.totals, count));
}

function figure(row: UsageRow, value: string): Segment {
  return segment(value, value === UNKNOWN ? 'dim' : row.tone);
}
