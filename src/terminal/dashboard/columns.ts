import { cutLine, fillText, type Line, type Segment, segment } from './line.js';

export interface Column<Row> {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Cells it needs, and cells it makes use of where there are more. */
  readonly min: number;
  readonly max?: number;
  /** Where it is too narrow for all, the highest rank goes first. */
  readonly rank: number;
  cell(row: Row): Segment;
}

export interface FittedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

const GAP = 1;

/** Chooses the columns for a width, in the order of their ranks, and shares out what is left over. */
export function fitColumns<Row>(columns: readonly Column<Row>[], width: number): FittedColumn<Row>[] {
  const byRank = columns.toSorted((a, b) => a.rank - b.rank);
  const widths = new Map<Column<Row>, number>();
  let left = width + GAP;
  for (const column of byRank) {
    if (column.min + GAP > left && widths.size > 0) break;
    widths.set(column, column.min);
    left -= column.min + GAP;
  }
  // What is left goes to those that can use it, by how much they can; a remainder to the first of them.
  const chosen = byRank.filter((column) => widths.has(column));
  const wanted = chosen.map((column) => (column.max ?? column.min) - column.min);
  const sum = wanted.reduce((a, b) => a + b, 0);
  const shares = wanted.map((more) => (sum <= left ? more : Math.floor((more * left) / sum)));
  let remainder = Math.min(left, sum) - shares.reduce((a, b) => a + b, 0);
  for (const [i, column] of chosen.entries()) {
    const extra = remainder > 0 && (shares[i] ?? 0) < (wanted[i] ?? 0) ? 1 : 0;
    remainder -= extra;
    widths.set(column, column.min + (shares[i] ?? 0) + extra);
  }
  return columns.flatMap((column) => {
    const given = widths.get(column);
    return given === undefined ? [] : [{ column, width: Math.min(given, width) }];
  });
}

export function headLine<Row>(fitted: readonly FittedColumn<Row>[]): Line {
  return [segment(joined(fitted.map(({ column, width }) => fillText(column.title, width, column.align))), 'dim')];
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
