import { textWidth } from './text-width.js';

/** A plain table: the first `names` columns aligned to the left, figures to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], names = 1): string {
  return aligned([head, ...rows], names);
}

/** Facts below each other, the second of each pair aligned to the left. */
export function factsText(facts: readonly (readonly string[])[]): string {
  return aligned(facts, 2);
}

function aligned(rows: readonly (readonly string[])[], names: number): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => textWidth(row[column] ?? ''))),
  );
  return rows
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
