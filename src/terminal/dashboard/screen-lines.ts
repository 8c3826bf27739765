import type { DashboardModel } from './dashboard-model.js';
import {
  footerLine,
  problemLine,
  remarkLines,
  setupLines,
  sourceLines,
  statusLine,
  wantedSourceRows,
} from './heading.js';
import { layoutOf } from './layout.js';
import { cutLine, type Line, segment } from './line.js';
import { requestLines, waitingLines } from './request-table.js';
import { usageLines } from './usage-table.js';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** The whole screen: exactly `rows` lines, none wider than `columns`. Pure. */
export function screenLines(model: DashboardModel, { columns, rows }: ScreenSize): Line[] {
  // A margin of one cell on both sides, where there is room for one.
  const margin = columns >= 40 ? 1 : 0;
  const width = columns - 2 * margin;
  const layout = layoutOf({
    rows,
    hasTraffic: model.underWay.length + model.latest.length > 0,
    models: model.models.length,
    setup: model.setup.length + 1,
    sources: wantedSourceRows(model, width),
    remarks: remarkLines(model, width).length,
    waiting: waitingLines(model, width).length,
    hasProblem: model.problem !== undefined,
  });
  const gap: Line[] = layout.sectionGaps > 0 ? [[]] : [];
  const lines: Line[] = [statusLine(model, width)];
  if (layout.sources > 0) lines.push(...sourceLines(model, layout.sources, width));
  lines.push(...remarkLines(model, width).slice(0, layout.remarks));
  if (layout.statusGap > 0) lines.splice(1, 0, []);
  if (layout.setup > 0) lines.push(...gap, ...setupLines(model, width));
  if (layout.usage > 0) lines.push(...gap, ...usageLines(model, layout.models, layout.titles > 0, width));
  if (layout.requests > 0) lines.push(...gap, ...requestLines(model, layout.requests, layout.titles > 0, width));
  const last = [...(layout.problem > 0 ? [problemLine(model, width)] : []), footerLine(model, width)];
  const body = lines.slice(0, Math.max(0, rows - last.length));
  while (body.length < rows - last.length) body.push([]);
  const screen = [...body, ...last].slice(-rows).map((line) => cutLine(line, width));
  return margin === 0 ? screen : screen.map((line) => [segment(' '), ...line]);
}
