import { whyNoAccess } from '../../session/why-no-session.js';
import type { SettingsStore } from '../settings/settings.js';
import type { AppEngine } from './app-engine.js';

export interface AutostartOptions {
  readonly engine: AppEngine;
  readonly settings: Pick<SettingsStore, 'current'>;
}

/**
 * Starts the proxy as soon as there is a session to serve with: now, or once the user has signed in and chosen a
 * project. Without one it stays stopped, which is no failure: whoever opens the app for the first time is to be shown
 * how to sign in, not an error. Gives what to call at the start and after the demo was left.
 */
export function registerAutostart({ engine, settings }: AutostartOptions): () => Promise<void> {
  let pending = false;
  let asking = false;

  async function attempt(): Promise<void> {
    const { state, session } = engine.current;
    const isReady = session.state.projectId !== undefined && session.state.status !== 'signing_in';
    if (!pending || asking || !isReady || (state.status !== 'stopped' && state.status !== 'failed')) return;
    asking = true;
    try {
      // The state's word alone is not enough: the token may be one that only a refresh shows to have ended.
      if (await whyNoAccess(session)) return;
      pending = false;
      // How it went is in the state.
      await engine.start().catch(() => {});
    } finally {
      asking = false;
    }
  }

  engine.onChange(() => {
    if (engine.current.state.status === 'running') pending = false;
    void attempt();
  });
  return () => {
    pending = settings.current.autostart;
    return attempt();
  };
}
