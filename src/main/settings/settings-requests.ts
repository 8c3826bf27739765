import type { AppEngine } from '../engine/app-engine.js';
import type { Requests } from '../ipc/requests.js';
import { recentTools } from '../usage/recent-tools.js';
import { consequencesOf } from './consequences.js';
import type { SettingsStore } from './settings.js';

export interface SettingsRequestsOptions {
  readonly requests: Requests;
  readonly engine: AppEngine;
  readonly settings: SettingsStore;
}

export function registerSettingsRequests({ requests, engine, settings }: SettingsRequestsOptions): void {
  requests.handle('settings:change', async (changes) => {
    const before = settings.current;
    // As it was before: the change itself may restart the proxy.
    const now = {
      isRunning: engine.current.state.status === 'running',
      active: engine.current.active.length,
      drainSeconds: engine.current.config.drainSeconds,
    };
    const after = settings.change(changes);
    const tools = await recentTools(engine.current);
    return { settings: after, consequences: consequencesOf(before, after, { ...now, tools }) };
  });
}
