import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '../../shared/ipc.js';
import type { Settings } from '../../shared/settings.js';
import { type InstallSteps, installUpdate } from './install.js';
import { nextUpdate, type UpdateEvent, whyNoUpdates } from './state.js';

export interface Updater {
  readonly state: UpdateState;
  /** Looks now, where updates can be had. How it went stands in the state. */
  check(): void;
  /** Restarts into the version that is ready; does nothing before. How it failed stands in the state. */
  install(): Promise<void>;
  setChannel(channel: Settings['updateChannel']): void;
}

export interface UpdaterOptions {
  readonly channel: Settings['updateChannel'];
  readonly onChange: () => void;
  /** Ends what is under way before the restart; gives what begins it again, should there be none. */
  readonly beforeInstall: InstallSteps['prepare'];
}

/** The start has better things to do. */
const FIRST_CHECK_MS = 30_000;
const CHECK_MS = 24 * 3_600_000;

/** Looks for new versions, fetches them, and installs them when Meshbar is quit or when a person says so. */
export function createUpdater({ channel, onChange, beforeInstall }: UpdaterOptions): Updater {
  const reason = whyNoUpdates({
    isPackaged: app.isPackaged,
    // electron-builder writes it where an address was given at build time.
    hasFeed: existsSync(path.join(process.resourcesPath, 'app-update.yml')),
    platform: process.platform,
    isAppImage: process.env.APPIMAGE !== undefined,
  });
  let state: UpdateState = reason === undefined ? { status: 'idle' } : { status: 'off', reason };
  let currentChannel = channel;
  let loading: Promise<AppUpdater> | undefined;

  function take(event: UpdateEvent): void {
    state = nextUpdate(state, event);
    onChange();
  }

  async function load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    // It would write addresses to the standard output.
    autoUpdater.logger = null;
    autoUpdater.autoDownload = true;
    autoUpdater.autoInstallOnAppQuit = true;
    autoUpdater.on('checking-for-update', () => take({ type: 'checking' }));
    autoUpdater.on('update-not-available', () => take({ type: 'none' }));
    autoUpdater.on('update-available', ({ version }) => take({ type: 'found', version }));
    autoUpdater.on('update-downloaded', ({ version }) => take({ type: 'downloaded', version }));
    autoUpdater.on('error', (error) => take({ type: 'failed', error }));
    return autoUpdater;
  }

  function check(): void {
    if (state.status === 'off' || state.status === 'checking' || state.status === 'downloading') return;
    loading ??= load();
    loading
      .then((updater) => {
        updater.channel = currentChannel;
        // Naming a channel allows going back to older versions, whose ledger may not know the newer one's file.
        updater.allowDowngrade = false;
        return updater.checkForUpdates();
      })
      // It has told the error by its event, too.
      .catch((error: unknown) => take({ type: 'failed', error }));
  }

  if (state.status !== 'off') {
    setTimeout(check, FIRST_CHECK_MS);
    setInterval(check, CHECK_MS);
  }
  return {
    get state() {
      return state;
    },
    check,
    async install() {
      if (state.status !== 'ready' || !loading) return;
      const updater = await loading;
      await installUpdate(updater, {
        prepare: beforeInstall,
        releaseLock: () => app.releaseSingleInstanceLock(),
        takeLock: () => app.requestSingleInstanceLock(),
        onFailed: (error) => take({ type: 'not-installed', error }),
      });
    },
    setChannel(next) {
      if (next === currentChannel) return;
      currentChannel = next;
      check();
    },
  };
}
