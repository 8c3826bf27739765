import type { UsageGroup, UsageTotals } from '../../shared/usage.js';
import { formatClock, UNKNOWN } from '../../words/format.js';
import { sumText, tokensText } from '../../words/format-totals.js';
import { gapsText } from '../lines.js';
import { plainText } from '../plain-text.js';
import { type Column, fitColumns, headLine, rowLine } from './columns.js';
import type { DashboardModel } from './dashboard-model.js';
import { type Line, type Segment, segment, type Tone, titleLine } from './line.js';

interface UsageRow {
  readonly name: string;
  readonly providerName: string;
  readonly totals: UsageTotals;
  readonly tone: Tone;
}

const COLUMNS: readonly Column<UsageRow>[] = [
  { title: 'model', align: 'left', min: 14, max: 34, rank: 1, cell: (row) => segment(row.name, row.tone) },
  { title: 'provider', align: 'left', min: 9, rank: 9, cell: (row) => segment(row.providerName, row.tone) },
  { title: 'requests', align: 'right', min: 8, rank: 3, cell: (row) => figure(row, String(row.totals.exchanges)) },
  { title: 'in', align: 'right', min: 6, rank: 5, cell: (row) => tokens(row, row.totals.inputTokens) },
  { title: 'cached', align: 'right', min: 6, rank: 8, cell: (row) => tokens(row, row.totals.cacheReadInputTokens) },
  { title: 'out', align: 'right', min: 6, rank: 4, cell: (row) => tokens(row, row.totals.outputTokens) },
  { title: 'subtotal', align: 'right', min: 9, rank: 6, cell: (row) => money(row, row.totals.costNanoUsd) },
  { title: 'surcharge', align: 'right', min: 9, rank: 7, cell: (row) => money(row, row.totals.surchargeNanoUsd) },
  {
    title: 'total',
    align: 'right',
    min: 9,
    rank: 2,
    cell: (row) => money(row, row.totals.costNanoUsd + row.totals.surchargeNanoUsd),
  },
];

/** The sum of all, then the models, dearest first, in at most `rows` rows. */
export function usageLines(model: DashboardModel, rows: number, withTitle: boolean, width: number): Line[] {
  const { totals, models } = model;
  const fitted = fitColumns(COLUMNS, width);
  const all: UsageRow = { name: 'all models', providerName: '', totals, tone: 'strong' };
  const shown = models.length <= rows ? models : models.slice(0, Math.max(0, rows - 1));
  const lines = [
    ...(withTitle ? [titleLine(`Usage since ${formatClock(model.startedAt)}`, standingOf(totals), width)] : []),
    headLine(fitted),
    ...[all, ...shown.map(rowOf)].map((row) => rowLine(fitted, row, width)),
  ];
  const hidden = models.length - shown.length;
  if (hidden > 0 && rows > 0) lines.push([segment(`${hidden} more`, 'dim')]);
  return lines;
}

function standingOf(totals: UsageTotals): Line {
  const parts: Segment[] = [];
  const add = (part: Segment) => parts.push(...(parts.length > 0 ? [segment(' · ', 'dim')] : []), part);
  if (totals.failed > 0) add(segment(`${totals.failed} failed`, 'bad'));
  if (totals.interrupted > 0) add(segment(`${totals.interrupted} cut`, 'warning'));
  const gaps = gapsText(totals);
  if (gaps) add(segment(gaps));
  return parts;
}

function rowOf(group: UsageGroup): UsageRow {
  return { name: plainText(group.key), providerName: group.providerName ?? '', totals: group, tone: 'plain' };
}

function tokens(row: UsageRow, count: number): Segment {
  return figure(row, tokensText(row.totals, count));
}

function money(row: UsageRow, nanoUsd: number): Segment {
  return figure(row, sumText(row.totals, nanoUsd));
}

function figure(row: UsageRow, value: string): Segment {
  return segment(value, value === UNKNOWN ? 'dim' : row.tone);
}
