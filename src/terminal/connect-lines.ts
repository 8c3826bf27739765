import { redact } from '../files/secrets.js';
import type { PreviewLine, ToolReport, ToolState } from '../shared/tools.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

/** How a tool stands, in a few words. */
export function stateText(state: ToolState): string {
  switch (state.status) {
    case 'connected':
      return 'connected';
    case 'not-connected':
      return 'not connected';
    case 'elsewhere':
      return `goes to ${state.address}`;
    case 'stale-key':
      return 'has an old key';
    case 'incomplete':
      return `lacks ${state.missing.join(', ')}`;
    case 'changed':
      return `changed by hand: ${state.keys.join(', ')}`;
    case 'unreadable':
      return state.reason;
    case 'by-hand':
      return state.possible ? 'by hand: shows how' : 'not possible: says why';
  }
}

export function toolTable(reports: readonly ToolReport[]): string {
  const rows = reports.map(({ id, title, found, state }) => [
    id,
    title,
    found ? 'found' : '–',
    // An address may hold a name and a password.
    plainText(redact(stateText(state))),
  ]);
  return table(['name', 'tool', 'here', 'state'], rows, 4);
}

/** "env.X: (nothing) → "y"", a line each. */
export function previewText(lines: readonly PreviewLine[]): string {
  return lines
    .map(({ key, before, after }) => `  ${key}: ${before ?? '(nothing)'} → ${after ?? '(nothing)'}`)
    .map((line) => plainText(redact(line)))
    .join('\n');
}
