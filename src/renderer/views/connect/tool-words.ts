import type { ToolReport, ToolState } from '../../../shared/tools.js';
import { type PlainKey, t } from '../../../words/index.js';

/** Tools in words, and what can be pressed. */

export type ToolTone = 'good' | 'warning' | 'plain';

export function stateWords(state: ToolState<string>): string {
  switch (state.status) {
    case 'connected':
      return t('app.connect.state.connected');
    case 'not-connected':
      return t('app.connect.state.notConnected');
    case 'elsewhere':
      return t('app.connect.state.elsewhere', { address: state.address });
    case 'old-address':
      return t('app.connect.state.oldAddress', { address: state.address });
    case 'wrong-path':
      return t('app.connect.state.wrongPath', { address: state.address });
    case 'stale-key':
      return t('app.connect.state.staleKey');
    case 'incomplete':
      return t('app.connect.state.incomplete', { settings: state.missing.join(', ') });
    case 'changed':
      return t('app.connect.state.changed', { settings: state.keys.join(', ') });
    case 'unreadable':
      return state.reason;
    case 'by-hand':
      return t(state.possible ? 'app.connect.state.byHand' : 'app.connect.state.impossible');
  }
}

const TONES: Readonly<Record<ToolState['status'], ToolTone>> = {
  connected: 'good',
  'not-connected': 'plain',
  elsewhere: 'plain',
  'old-address': 'warning',
  'wrong-path': 'warning',
  'stale-key': 'warning',
  incomplete: 'warning',
  changed: 'warning',
  unreadable: 'warning',
  'by-hand': 'plain',
};

export function toolToneOf({ status }: Pick<ToolState, 'status'>): ToolTone {
  return TONES[status];
}

export interface ToolAction {
  readonly action: 'connect' | 'disconnect';
  readonly label: PlainKey;
}

/** What can be done with a tool, the likeliest last. */
export function actionsOf({ state, isOurs }: Pick<ToolReport, 'state' | 'isOurs'>): readonly ToolAction[] {
  const disconnect: ToolAction[] = isOurs ? [{ action: 'disconnect', label: 'app.connect.disconnect' }] : [];
  switch (state.status) {
    case 'connected':
      return disconnect;
    case 'not-connected':
    case 'elsewhere':
      return [...disconnect, { action: 'connect', label: 'app.connect.connect' }];
    case 'old-address':
    case 'wrong-path':
    case 'stale-key':
    case 'incomplete':
    case 'changed':
      return [...disconnect, { action: 'connect', label: 'app.connect.connectAgain' }];
    case 'unreadable':
      return [];
    case 'by-hand':
      return [{ action: 'connect', label: state.possible ? 'app.connect.showHow' : 'app.connect.whyNot' }];
  }
}
