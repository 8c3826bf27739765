import { modelOf } from '../../shared/totals.js';
import type { PricedExchange, TokenUsage } from '../../shared/usage.js';
import { formatClock, formatDurationShort, formatTokens, UNKNOWN } from '../../words/format.js';
import { t } from '../../words/index.js';
import { exchangeCostText } from '../lines.js';
import { plainText } from '../plain-text.js';
import { textWidth } from '../text-width.js';
import { fitColumns, headLine, rowLine, type ScreenColumn } from './columns.js';
import type { DashboardModel } from './dashboard-model.js';
import { type Line, type Segment, segment, titleLine, wrapText } from './line.js';
import type { UnderWay } from './under-way.js';

/** Of a request without a record yet. */
const STATES = ['waiting', 'answering', 'ended'] as const;

/** A request, whether it is running or has ended. */
interface RequestRow {
  readonly isRunning: boolean;
  readonly startedAt: number;
  readonly tool: string;
  readonly providerName: string;
  readonly request: string;
  readonly model: string;
  readonly result: Segment;
  readonly timeToFirstChunkMs: number | undefined;
  readonly durationMs: number;
  readonly usage: TokenUsage | undefined;
  readonly cost: string;
}

const COLUMNS: readonly ScreenColumn<RequestRow>[] = [
  {
    title: () => t('terminal.dashboard.head.time'),
    align: 'left',
    min: 8,
    rank: 3,
    cell: (row) => segment(formatClock(row.startedAt), 'dim'),
  },
  {
    title: () => t('terminal.usage.head.tool'),
    align: 'left',
    min: 9,
    good: 11,
    max: 20,
    rank: 5,
    cell: (row) => text(row, row.tool),
  },
  {
    title: () => t('terminal.usage.head.provider'),
    align: 'left',
    min: 9,
    rank: 11,
    cell: (row) => text(row, row.providerName),
  },
  {
    title: () => t('terminal.dashboard.head.request'),
    align: 'left',
    min: 18,
    good: 25,
    max: 34,
    rank: 1,
    cell: (row) => text(row, row.request),
  },
  {
    title: () => t('terminal.usage.head.model'),
    align: 'left',
    min: 14,
    good: 20,
    max: 28,
    rank: 12,
    cell: (row) => text(row, row.model),
  },
  {
    title: () => t('terminal.dashboard.head.result'),
    words: () => [...STATES.map((state) => t(`terminal.dashboard.${state}`)), okText('200'), cutOffText('200')],
    align: 'left',
    min: 10,
    good: 13,
    max: 22,
    rank: 2,
    cell: (row) => row.result,
  },
  {
    title: () => t('terminal.dashboard.head.first'),
    align: 'right',
    min: 7,
    rank: 10,
    cell: (row) => figure(row, formatDurationShort(row.timeToFirstChunkMs)),
  },
  {
    title: () => t('terminal.dashboard.head.took'),
    align: 'right',
    min: 7,
    rank: 6,
    cell: (row) => figure(row, formatDurationShort(row.durationMs)),
  },
  {
    title: () => t('terminal.usage.head.in'),
    align: 'right',
    min: 6,
    rank: 8,
    cell: (row) => figure(row, formatTokens(row.usage?.inputTokens)),
  },
  {
    title: () => t('terminal.usage.head.cached'),
    align: 'right',
    min: 6,
    rank: 9,
    cell: (row) => figure(row, formatTokens(row.usage?.cacheReadInputTokens)),
  },
  {
    title: () => t('terminal.usage.head.out'),
    align: 'right',
    min: 6,
    rank: 7,
    cell: (row) => figure(row, formatTokens(row.usage?.outputTokens)),
  },
  {
    title: () => t('terminal.dashboard.head.cost'),
    words: () => [t('totals.unpriced'), t('totals.unmetered')],
    align: 'right',
    min: 9,
    rank: 4,
    cell: (row) => figure(row, row.cost),
  },
];

/** Requests under way first, then the last to end, in `rows` rows below the header. */
export function requestLines(model: DashboardModel, rows: number, withTitle: boolean, width: number): Line[] {
  const running = model.underWay.filter(({ endedAt }) => endedAt === undefined).length;
  const lines: Line[] = [];
  if (withTitle) {
    const remarks = running > 0 ? [segment(t('terminal.dashboard.underWay', { count: running }))] : [];
    lines.push(titleLine(t('terminal.dashboard.requests'), remarks, width));
  }
  if (model.underWay.length === 0 && model.latest.length === 0) return [...lines, ...waitingLines(model, width)];
  const fitted = fitColumns(COLUMNS, width);
  lines.push(headLine(fitted));
  // However many are running, the last results stay in sight.
  const shown = model.underWay.slice(0, Math.max(1, Math.ceil(rows / 2), rows - model.latest.length));
  const all = [
    ...shown.map((exchange) => rowUnderWay(exchange, model.now)),
    ...model.latest.slice(0, Math.max(0, rows - shown.length)).map(rowOfRecord),
  ];
  for (const row of all.slice(0, rows)) lines.push(rowLine(fitted, row, width));
  return lines;
}

/** What to do before the first request, in as many lines as it takes. */
export function waitingLines({ hasKeys }: DashboardModel, width: number): Line[] {
  const sentences = [
    t('terminal.dashboard.waitingForFirst'),
    t(hasKeys ? 'terminal.dashboard.pressAndPaste' : 'terminal.dashboard.paste'),
  ];
  const line = sentences.join(' ');
  const lines = textWidth(line) <= width ? [line] : sentences.flatMap((sentence) => wrapText(sentence, width));
  return lines.map((sentence) => [segment(sentence)]);
}

function rowUnderWay({ exchange, endedAt }: UnderWay, now: number): RequestRow {
  const isRunning = endedAt === undefined;
  const state = !isRunning ? 'ended' : exchange.timeToFirstChunkMs === undefined ? 'waiting' : 'answering';
  return {
    isRunning,
    startedAt: exchange.startedAt,
    tool: exchange.tool,
    providerName: exchange.providerName,
    request: requestText(exchange),
    model: exchange.model ?? UNKNOWN,
    result: segment(t(`terminal.dashboard.${state}`), isRunning ? 'strong' : 'plain'),
    timeToFirstChunkMs: exchange.timeToFirstChunkMs,
    durationMs: Math.max(0, (endedAt ?? now) - exchange.startedAt),
    usage: undefined,
    cost: UNKNOWN,
  };
}

function rowOfRecord(record: PricedExchange): RequestRow {
  return {
    isRunning: false,
    startedAt: record.startedAt,
    tool: record.tool,
    providerName: record.providerName,
    request: requestText(record),
    model: modelOf(record),
    result: resultOf(record),
    timeToFirstChunkMs: record.timeToFirstChunkMs,
    durationMs: record.durationMs,
    usage: record.usage,
    cost: exchangeCostText(record),
  };
}

function requestText({ method, path, transport }: { method: string; path: string; transport: string }): string {
  return `${transport === 'websocket' ? 'WS' : method} ${path}`;
}

function resultOf({ status: code, outcome, errorType }: PricedExchange): Segment {
  const status = String(code ?? '---');
  if (outcome === 'complete') return segment(okText(status), 'good');
  if (outcome === 'interrupted') return segment(cutOffText(status), 'warning');
  return segment(
    errorType === undefined ? t('terminal.dashboard.failed', { status }) : plainText(`${status} ${errorType}`),
    'bad',
  );
}

const okText = (status: string) => t('terminal.dashboard.ok', { status });
const cutOffText = (status: string) => t('terminal.dashboard.cut', { status });

function text(row: RequestRow, value: string): Segment {
  return segment(plainText(value), row.isRunning ? 'strong' : 'plain');
}

function figure(row: RequestRow, value: string): Segment {
  return segment(value, value === UNKNOWN ? 'dim' : row.isRunning ? 'strong' : 'plain');
}
