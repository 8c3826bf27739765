import type { Settings } from '../../settings/app-settings.js';
import type { AppEngine } from '../engine/app-engine.js';
import type { SharedState } from '../state/app-state.js';

/** What the system is asked to show. */
export interface Told {
  readonly title: string;
  readonly body: string;
}

export interface NotificationsOptions {
  readonly engine: Pick<AppEngine, 'onChange'>;
  readonly state: () => SharedState;
  /** Whether somebody looks at a window. */
  readonly isFocused: () => boolean;
  readonly notify: (told: Told) => void;
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
export function createNotifications(tell: (told: Told) => void): (state: SharedState, isWatched: boolean) => void {
  const told = new Map<Cause, string>();

  function consider(
    cause: Cause,
    key: string | undefined,
    what: Told | undefined,
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
    const { proxy, session } = state;
    // On its way, it is neither well nor not.
    if (proxy.status !== 'starting') {
      const error = proxy.status === 'failed' ? proxy.error : undefined;
      const what = error && {
        title: 'The proxy is not running',
        body: [error.message, error.hint].filter(Boolean).join(' '),
      };
      consider('stopped', error?.code, what, state, isWatched);
    }
    const expired = session.status === 'expired' ? session.user : undefined;
    const who = expired?.email === undefined ? '' : ` of ${expired.email}`;
    const what = { title: 'Sign in to MeshAgent again', body: `The session${who} has ended: requests are refused.` };
    if (session.status !== 'signing_in') consider('session', expired?.id, expired && what, state, isWatched);
  };
}
