import { modelOf } from '../../shared/totals.js';
import type { PricedExchange, TokenUsage } from '../../shared/usage.js';
import { formatClock, formatDurationShort, formatTokens, UNKNOWN } from '../../words/format.js';
import { costText } from '../lines.js';
import { plainText } from '../plain-text.js';
import { type Column, fitColumns, headLine, rowLine } from './columns.js';
import type { DashboardModel } from './dashboard-model.js';
import { type Line, type Segment, segment, titleLine } from './line.js';
import type { UnderWay } from './under-way.js';

/** A request, whether it runs or has ended. */
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

const COLUMNS: readonly Column<RequestRow>[] = [
  { title: 'time', align: 'left', min: 8, rank: 3, cell: (row) => segment(formatClock(row.startedAt), 'dim') },
  { title: 'tool', align: 'left', min: 9, good: 11, max: 20, rank: 5, cell: (row) => text(row, row.tool) },
  { title: 'provider', align: 'left', min: 9, rank: 11, cell: (row) => text(row, row.providerName) },
  { title: 'request', align: 'left', min: 18, good: 25, max: 34, rank: 1, cell: (row) => text(row, row.request) },
  { title: 'model', align: 'left', min: 14, good: 20, max: 28, rank: 12, cell: (row) => text(row, row.model) },
  { title: 'result', align: 'left', min: 10, good: 13, max: 22, rank: 2, cell: (row) => row.result },
  { title: 'first', align: 'right', min: 7, rank: 10, cell: (row) => figure(row, time(row.timeToFirstChunkMs)) },
  { title: 'took', align: 'right', min: 7, rank: 6, cell: (row) => figure(row, time(row.durationMs)) },
  { title: 'in', align: 'right', min: 6, rank: 8, cell: (row) => figure(row, formatTokens(row.usage?.inputTokens)) },
  {
    title: 'cached',
    align: 'right',
    min: 6,
    rank: 9,
    cell: (row) => figure(row, formatTokens(row.usage?.cacheReadInputTokens)),
  },
  { title: 'out', align: 'right', min: 6, rank: 7, cell: (row) => figure(row, formatTokens(row.usage?.outputTokens)) },
  { title: 'cost', align: 'right', min: 9, rank: 4, cell: (row) => figure(row, row.cost) },
];

/** Requests under way on top, then the last to end, in `rows` rows below the heads. */
export function requestLines(model: DashboardModel, rows: number, withTitle: boolean, width: number): Line[] {
  const running = model.underWay.filter(({ endedAt }) => endedAt === undefined).length;
  const lines: Line[] = [];
  if (withTitle) {
    lines.push(titleLine('Requests', running > 0 ? [segment(`${running} under way`)] : [], width));
  }
  if (model.underWay.length === 0 && model.latest.length === 0) return [...lines, ...waitingLines(model, width)];
  const fitted = fitColumns(COLUMNS, width);
  lines.push(headLine(fitted));
  // However many run, the last results stay in sight.
  const shown = model.underWay.slice(0, Math.max(1, Math.ceil(rows / 2), rows - model.latest.length));
  const all = [
    ...shown.map((exchange) => rowUnderWay(exchange, model.now)),
    ...model.latest.slice(0, Math.max(0, rows - shown.length)).map(rowOfRecord),
  ];
  for (const row of all.slice(0, rows)) lines.push(rowLine(fitted, row, width));
  return lines;
}

function waitingLines(model: DashboardModel, width: number): Line[] {
  const sentences = model.hasKeys
    ? ['Waiting for the first request.', 'Press c, paste the setup into another terminal, start your tool there.']
    : ['Waiting for the first request.', 'Paste the setup into another terminal, start your tool there.'];
  const line = sentences.join(' ');
  return (line.length <= width ? [line] : sentences).map((sentence) => [segment(sentence)]);
}

function rowUnderWay({ exchange, endedAt }: UnderWay, now: number): RequestRow {
  const isRunning = endedAt === undefined;
  const state = exchange.timeToFirstChunkMs === undefined ? 'waiting' : 'answering';
  return {
    isRunning,
    startedAt: exchange.startedAt,
    tool: exchange.tool,
    providerName: exchange.providerName,
    request: requestText(exchange),
    model: exchange.model ?? UNKNOWN,
    result: segment(isRunning ? state : 'ended', isRunning ? 'strong' : 'plain'),
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
    cost: costText(record),
  };
}

function requestText({ method, path, transport }: { method: string; path: string; transport: string }): string {
  return `${transport === 'websocket' ? 'WS' : method} ${path}`;
}

function resultOf({ status, outcome, errorType }: PricedExchange): Segment {
  const shown = status ?? '---';
  if (outcome === 'complete') return segment(`${shown} ok`, 'good');
  if (outcome === 'interrupted') return segment(`${shown} cut`, 'warning');
  return segment(plainText(`${shown} ${errorType ?? 'failed'}`), 'bad');
}

function text(row: RequestRow, value: string): Segment {
  return segment(plainText(value), row.isRunning ? 'strong' : 'plain');
}

function figure(row: RequestRow, value: string): Segment {
  return segment(value, value === UNKNOWN ? 'dim' : row.isRunning ? 'strong' : 'plain');
}

const time = formatDurationShort;
