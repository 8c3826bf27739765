/**
 * What of a text is outside the brackets of the pseudo-locale, which nest and may span lines. Throws for a text with a
 * bracket that is not closed: it was cut off.
 */
function outsideMarks(text: string): string {
  let depth = 0;
  let outside = '';
  for (const character of text) {
    if (character === '⟦') depth += 1;
    else if (character === '⟧') depth -= 1;
    else if (depth === 0) outside += character;
    if (depth < 0) throw new Error(`This was cut off at its beginning:\n${text}`);
  }
  if (depth > 0) throw new Error(`This was cut off at its end:\n${text}`);
  return outside;
}

/** Option, placeholder, address, path, id, variable, figure with its unit, date or code: nothing that is translated. */
const VALUE =
  /^(?:-{1,2}[A-Za-z].*|<.*>?|\[.*\]?|.*[\d/_@=~.:].*|[A-Z][A-Z_]+|p50|ms|s|min|h|k|M|MiB|GiB|CPU|[^A-Za-z]*)$/;

/** The words outside the marks that are neither values nor among the names that may stand there. */
export function unmarkedWords(text: string, names: Iterable<string>): string[] {
  const known = new Set(names);
  return outsideMarks(text)
    .split(/[\s,;()|"“”…→·]+/)
    .filter((word) => !VALUE.test(word) && !known.has(word));
}
