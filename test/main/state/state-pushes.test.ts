import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSignal } from '../../../src/main/signal.js';
import { registerStatePushes } from '../../../src/main/state/state-pushes.js';
import type { AppState } from '../../../src/shared/ipc.js';
import { appState } from '../../helpers/app-state.js';

/** Pages by name, and what each of them was sent. */
function given(pages: readonly { readonly name: string }[]) {
  const changes = createSignal();
  const sent: string[] = [];
  let state = appState();
  registerStatePushes({
    changes,
    allPages: () => pages,
    stateFor: () => ({ ...state, window: 'popover' }) satisfies AppState,
    push: (page, name) => void sent.push(`${name} to ${page.name}`),
  });
  return {
    changes,
    sent,
    become(next: Partial<AppState>) {
      state = appState(next);
      changes.emit();
    },
  };
}

test('each window is told once of all that changes in one turn', async () => {
  const { sent, become } = given([{ name: 'popover' }, { name: 'window' }]);
  become({ demo: true });
  become({ version: '2' });
  expect(sent).toEqual([]);
  await turn();
  expect(sent).toEqual(['push:state to popover', 'push:state to window']);
  become({ demo: false });
  await turn();
  expect(sent).toHaveLength(4);
});

test('what is as it was is not told again', async () => {
  const { sent, changes, become } = given([{ name: 'popover' }]);
  become({ demo: true });
  await turn();
  changes.emit();
  await turn();
  expect(sent).toHaveLength(1);
});
