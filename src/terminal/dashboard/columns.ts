import { textWidth } from '../text-width.js';
import { cutLine, fillText, type Line, type Segment, segment } from './line.js';

export interface ScreenColumn<Row> {
  readonly title: () => string;
  readonly align: 'left' | 'right';
  /** Words of ours that its cells may hold: like its title, they are never cut off. */
  readonly words?: () => readonly string[];
  /** Cells it can't do without, cells that are mostly enough, and cells it can use where there are more. */
  readonly min: number;
  readonly good?: number;
  readonly max?: number;
  /** Where it is too narrow for all, the highest rank goes first. */
  readonly rank: number;
  cell(row: Row): Segment;
}

export interface FittedColumn<Row> {
  readonly column: ScreenColumn<Row>;
  readonly width: number;
}

const GAP = 1;

/** Chooses the columns for a width, in the order of their ranks, and shares out what is left. */
export function fitColumns<Row>(columns: readonly ScreenColumn<Row>[], width: number): FittedColumn<Row>[] {
  const byRank = columns.toSorted((a, b) => a.rank - b.rank);
  const widths = new Map<ScreenColumn<Row>, number>();
  let left = width + GAP;
  for (const column of byRank) {
    const min = Math.max(column.min, ...[column.title(), ...(column.words?.() ?? [])].map(textWidth));
    if (min + GAP > left && widths.size > 0) break;
    widths.set(column, min);
    left -= min + GAP;
  }
  // First what is mostly enough for each, then what each can use.
  for (const wanted of [(column: ScreenColumn<Row>) => column.good, (column: ScreenColumn<Row>) => column.max]) {
    for (const [column, given] of widths) {
      const more = Math.max(0, Math.min(left, (wanted(column) ?? given) - given));
      widths.set(column, given + more);
      left -= more;
    }
  }
  return columns.flatMap((column) => {
    const given = widths.get(column);
    return given === undefined ? [] : [{ column, width: Math.min(given, width) }];
  });
}

export function headLine<Row>(fitted: readonly FittedColumn<Row>[]): Line {
  return [segment(joined(fitted.map(({ column, width }) => fillText(column.title(), width, column.align))), 'dim')];
}

export function rowLine<Row>(fitted: readonly FittedColumn<Row>[], row: Row, width: number): Line {
  const cells = fitted.flatMap(({ column, width: cellWidth }, i) => {
    const { text, tone } = column.cell(row);
    const cell = segment(fillText(text, cellWidth, column.align), tone);
    return i === 0 ? [cell] : [segment(' '.repeat(GAP)), cell];
  });
  return cutLine(cells, width);
}

function joined(cells: readonly string[]): string {
  return cells.join(' '.repeat(GAP));
}
