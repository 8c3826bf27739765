import type { ToolPlan, ToolReport, ToolState } from '../../../shared/tools.js';

/** What is told of tools, and what can be pressed. Pure. */

export type Tone = 'good' | 'warning' | 'plain';

export function stateWords(state: ToolState): { readonly text: string; readonly tone: Tone } {
  switch (state.status) {
    case 'connected':
      return { text: 'Connected', tone: 'good' };
    case 'not-connected':
      return { text: 'Not connected', tone: 'plain' };
    case 'elsewhere':
      return { text: `Goes to ${state.address}`, tone: 'plain' };
    case 'stale-key':
      return { text: 'Has an old key: its requests are refused', tone: 'warning' };
    case 'incomplete':
      return { text: `Lacks ${state.missing.join(', ')}`, tone: 'warning' };
    case 'changed':
      return { text: `Changed by hand: ${state.keys.join(', ')}`, tone: 'warning' };
    case 'unreadable':
      return { text: state.reason, tone: 'warning' };
    case 'by-hand':
      return state.possible
        ? { text: 'Set up by hand, in its own settings', tone: 'plain' }
        : { text: 'Can’t be connected', tone: 'plain' };
  }
}

export interface ToolAction {
  readonly action: 'connect' | 'disconnect';
  readonly label: string;
}

/** What can be done with a tool, the likeliest last. */
export function actionsOf({ state, isOurs }: Pick<ToolReport, 'state' | 'isOurs'>): readonly ToolAction[] {
  const disconnect: ToolAction[] = isOurs ? [{ action: 'disconnect', label: 'Disconnect' }] : [];
  switch (state.status) {
    case 'connected':
      return disconnect;
    case 'not-connected':
    case 'elsewhere':
      return [...disconnect, { action: 'connect', label: 'Connect' }];
    case 'stale-key':
    case 'incomplete':
    case 'changed':
      return [...disconnect, { action: 'connect', label: 'Connect again' }];
    case 'unreadable':
      return [];
    case 'by-hand':
      return [{ action: 'connect', label: state.possible ? 'Show how' : 'Why not' }];
  }
}

type Change = Extract<ToolPlan, { kind: 'change' }>['files'][number]['change'];

/** Said above the name of a file. */
export const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  made: 'This file will be made:',
  edited: 'In this file, and nothing else in it:',
  restored: 'This file will be exactly as it was:',
  removed: 'This file goes, since Meshbar made it:',
};
