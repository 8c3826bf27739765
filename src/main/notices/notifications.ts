import type { AppState } from '../../shared/ipc.js';
import type { Settings } from '../../shared/settings.js';
import { sentenceOf } from './app-words.js';

/** What the system is asked to show. */
export interface Told {
  readonly title: string;
  readonly body: string;
}

type Cause = 'stopped' | 'session';

const SETTING: Readonly<Record<Cause, keyof Settings>> = { stopped: 'notifyStopped', session: 'notifySession' };

/**
 * Tells of what takes the proxy away while nobody looks. To be given each state of the app; `tell` is called once for
 * each cause until that is over. What is turned off in the settings is not told, nor told later. Pure but for that.
 */
export function createNotifications(tell: (told: Told) => void): (state: AppState, isWatched: boolean) => void {
  const told = new Map<Cause, string>();

  function consider(cause: Cause, key: string | undefined, what: Told | undefined, state: AppState, watched: boolean) {
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
      const what = error && { title: 'The proxy is not running', body: sentenceOf(error) };
      consider('stopped', error?.code, what, state, isWatched);
    }
    const expired = session.status === 'expired' ? session.user : undefined;
    const who = expired?.email === undefined ? '' : ` of ${expired.email}`;
    const what = { title: 'Sign in to MeshAgent again', body: `The session${who} has ended: requests are refused.` };
    if (session.status !== 'signing_in') consider('session', expired?.id, expired && what, state, isWatched);
  };
}
