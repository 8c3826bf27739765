import { textWidth } from './text-width.js';

/** A plain table: the first `names` columns to the left, figures to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], names = 1): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => textWidth(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          const space = ' '.repeat((widths[column] ?? 0) - textWidth(cell));
          return column < names ? cell + space : space + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
