import { DEFAULT_SETTINGS } from '../../src/settings/app-settings.js';
import { appStatus } from '../../src/shared/app-status.js';
import type { AppState } from '../../src/shared/ipc.js';

type State = Omit<AppState, 'window'>;

/** What main tells its windows, of a proxy that runs and has nothing to tell of. */
export function appState(changes: Partial<State> = {}): State {
  const state = { ...DEFAULT, ...changes };
  const { proxy, session, budgets } = state;
  const status = appStatus({
    proxy,
    session,
    sessionInUse: session,
    budgets,
    failedProjectId: session.projectId,
    failing: undefined,
    isBusy: false,
  });
  return { status, ...state };
}

const DEFAULT: Omit<State, 'status'> = {
  version: '0.1.0',
  platform: 'linux',
  proxy: {
    status: 'running',
    url: 'http://127.0.0.1:8766',
    host: '127.0.0.1',
    port: 8766,
    insecure: false,
    startedAt: 1,
    projectId: 'prj_1',
    localKeySource: 'the settings file',
    upstreamTokenSource: 'the session',
  },
  session: {
    status: 'signed_in',
    user: { id: 'usr_1', email: undefined, name: undefined },
    expiresAt: undefined,
    projectId: 'prj_1',
  },
  demo: false,
  settings: DEFAULT_SETTINGS,
  budgets: [],
  shortcutProblem: undefined,
  notices: [],
  update: { status: 'idle' },
  prices: { version: '1' },
  waiting: undefined,
  firstSeen: undefined,
};
