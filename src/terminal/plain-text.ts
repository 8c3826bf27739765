/**
 * Text from outside (names of models and tools, reasons of errors) on one line and without control characters: an
 * escape sequence in it would otherwise control the terminal.
 */
export function plainText(text: string): string {
  // Cc: C0 and C1 controls; Cf: invisible ones, direction overrides among them; Zl, Zp: line and paragraph separators.
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
