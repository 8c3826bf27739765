import type { AppEngine } from '../engine/app-engine.js';
import type { OwnRequest } from '../ipc/requests.js';
import type { SettingsStore } from '../settings/settings.js';
import type { Windows } from '../windows/windows.js';
import type { TrayIcon } from './icon.js';

export interface ClicksOptions {
  readonly icon: Pick<TrayIcon, 'on'>;
  readonly engine: AppEngine;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly windows: Pick<Windows, 'toggle' | 'leave' | 'show'>;
  readonly perform: (request: Extract<OwnRequest, { ask: 'proxy:start' | 'proxy:stop' }>) => Promise<void>;
  /** Opens the menu; undefined: the system holds it, and opens it by itself (Linux). */
  readonly openMenu: (() => void) | undefined;
}

/**
 * A left click opens the popover and a right click the menu, unless the person chose that a click toggles the proxy: then
 * the popover is on the right click, where that is ours to give.
 */
export function registerClicks({ icon, engine, settings, windows, perform, openMenu }: ClicksOptions): void {
  const togglesProxy = () => settings.current.trayClick === 'toggle';

  async function toggleProxy(): Promise<void> {
    // As a click anywhere else.
    windows.leave();
    const { status } = engine.current.state;
    if (status === 'stopping') return;
    if (status === 'running' || status === 'starting') {
      await perform({ ask: 'proxy:stop', input: { now: false } });
      return;
    }
    await perform({ ask: 'proxy:start', input: undefined });
    // There it says why, and what to do.
    if (engine.current.state.status === 'failed') await windows.show('icon');
  }

  icon.on('click', () => (togglesProxy() ? void toggleProxy() : windows.toggle()));
  icon.on('double-click', () => {
    // Windows sends one for the second of two quick clicks: it would stop what the first one has started.
    if (!togglesProxy()) windows.toggle();
  });
  icon.on('right-click', () => {
    if (!openMenu) return;
    if (togglesProxy()) windows.toggle();
    else openMenu();
  });
}
