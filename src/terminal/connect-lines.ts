import { redact } from '../files/secrets.js';
import type { PreviewLine, ToolReport, ToolState } from '../shared/tools.js';
import { UNKNOWN } from '../words/format.js';
import { t } from '../words/index.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

const HEAD = ['name', 'tool', 'here', 'state'] as const;

/** The state of a tool, in a few words. */
export function stateText(state: ToolState<string>): string {
  switch (state.status) {
    case 'connected':
      return t('terminal.tools.state.connected');
    case 'not-connected':
      return t('terminal.tools.state.notConnected');
    case 'elsewhere':
      return t('terminal.tools.state.elsewhere', { address: state.address });
    case 'old-address':
      return t('terminal.tools.state.oldAddress', { address: state.address });
    case 'wrong-path':
      return t('terminal.tools.state.wrongPath', { address: state.address });
    case 'stale-key':
      return t('terminal.tools.state.staleKey');
    case 'incomplete':
      return t('terminal.tools.state.incomplete', { keys: state.missing.join(', ') });
    case 'changed':
      return t('terminal.tools.state.changed', { keys: state.keys.join(', ') });
    case 'unreadable':
      return state.reason;
    case 'by-hand':
      return t(`terminal.tools.state.${state.possible ? 'byHand' : 'impossible'}`);
  }
}

export function toolTable(reports: readonly ToolReport[]): string {
  const rows = reports.map(({ id, title, found, state }) => [
    id,
    title,
    found ? t('terminal.tools.found') : UNKNOWN,
    // An address may hold a name and a password.
    plainText(redact(stateText(state))),
  ]);
  return table(
    HEAD.map((column) => t(`terminal.tools.head.${column}`)),
    rows,
    HEAD.length,
  );
}

/** "env.X: (nothing) → "y"", a line each. */
export function previewText(lines: readonly PreviewLine[]): string {
  const nothing = t('terminal.tools.nothing');
  return lines
    .map(({ key, before = nothing, after = nothing }) => `  ${key}: ${before} → ${after}`)
    .map((line) => plainText(redact(line)))
    .join('\n');
}
