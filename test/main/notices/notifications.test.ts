import { expect, test } from 'vitest';
import { createNotifications } from '../../../src/main/notices/notifications.js';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/settings/app-settings.js';
import type { AppState } from '../../../src/shared/ipc.js';
import { appState } from '../../helpers/app-state.js';

const user = { id: 'usr_1', email: 'ada@example.com', name: undefined };
const EXPIRED = { session: { status: 'expired', user, projectId: 'prj_1', problem: undefined } } as const;
const FAILED = {
  proxy: { status: 'failed', error: { code: 'port_in_use', message: 'Port 8766 is taken.', hint: undefined } },
} as const;

function machine(settings: Partial<Settings> = {}) {
  const titles: string[] = [];
  const consider = createNotifications(({ title }) => titles.push(title));
  const see = (changes: Partial<AppState> = {}, isWatched = false) => {
    const state = appState({ settings: { ...DEFAULT_SETTINGS, ...settings }, ...changes });
    consider(state, isWatched);
  };
  return { titles, see };
}

test('each trouble is told once until it is over', () => {
  const { titles, see } = machine();
  for (const changes of [{}, EXPIRED, EXPIRED, {}, EXPIRED, FAILED, FAILED]) see(changes);
  expect(titles).toEqual(['Session ended', 'Session ended', 'Proxy not running']);
});

test('what is turned off is not told, and the other is', () => {
  const noSession = machine({ notifySession: false });
  const noStopped = machine({ notifyStopped: false });
  for (const { see } of [noSession, noStopped]) {
    see(EXPIRED);
    see(FAILED);
  }
  expect(noSession.titles).toEqual(['Proxy not running']);
  expect(noStopped.titles).toEqual(['Session ended']);
});

test('who looks at the window is not told, nor later', () => {
  const { titles, see } = machine();
  see(EXPIRED, true);
  see(EXPIRED);
  expect(titles).toEqual([]);
});
