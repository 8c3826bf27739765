import type { Settings } from '../../settings/app-settings.js';
import type { AppStatus } from '../../shared/app-status.js';
import { statusReason, statusTitle } from '../../words/format-status.js';
import { t } from '../../words/index.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { SharedState } from '../state/app-state.js';

/** What the system is asked to show. */
export interface SystemNotification {
  readonly title: string;
  readonly body: string;
}

export interface NotificationsOptions {
  readonly engine: Pick<AppEngine, 'onChange'>;
  readonly state: () => SharedState;
  /** Whether somebody looks at a window. */
  readonly isFocused: () => boolean;
  readonly notify: (told: SystemNotification) => void;
}

type Cause = 'stopped' | 'session';

const SETTING: Readonly<Record<Cause, keyof Settings>> = { stopped: 'notifyStopped', session: 'notifySession' };

/**
 * Notifies of what takes the proxy away while nobody looks: once for each cause until that is over. What is turned off
 * in the settings is not notified, nor later.
 */
export function registerNotifications({ engine, state, isFocused, notify }: NotificationsOptions): void {
  const consider = createNotifications(notify);
  engine.onChange(() => consider(state(), isFocused()));
}

/** The same for each state it is given; `isWatched`: somebody looks. Pure but for `tell`. */
export function createNotifications(
  tell: (told: SystemNotification) => void,
): (state: SharedState, isWatched: boolean) => void {
  const told = new Map<Cause, string>();

  function consider(
    cause: Cause,
    key: string | undefined,
    what: SystemNotification | undefined,
    state: SharedState,
    watched: boolean,
  ) {
    if (key === undefined || what === undefined) {
      told.delete(cause);
      return;
    }
    if (told.get(cause) === key) return;
    told.set(cause, key);
    if (!watched && state.settings[SETTING[cause]] === true) tell(what);
  }

  return (state, isWatched) => {
    const { status, session } = state;
    const { cause } = status;
    // On its way, it is neither well nor not.
    if (status.state !== 'starting') {
      const failure = cause?.kind === 'start_failed' ? cause.error.code : undefined;
      consider('stopped', failure, toldOf(status), state, isWatched);
    }
    if (session.status !== 'signing_in') {
      const ended = cause?.kind === 'session_ended' && session.status === 'expired' ? session.user : undefined;
      consider('session', ended?.id, toldOf(status, ended?.email), state, isWatched);
    }
  };
}

/** As icon and windows say it; `email`: whose session it is. */
function toldOf(status: AppStatus, email?: string): SystemNotification {
  const reason = statusReason(status) ?? '';
  return {
    title: statusTitle(status),
    body: email === undefined ? reason : t('app.status.why.ofSession', { email, reason }),
  };
}
