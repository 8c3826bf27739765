import { existsSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Settings } from '../../settings/app-settings.js';
import { DAY_MS } from '../../shared/calendar.js';
import type { UpdateState } from '../../shared/ipc.js';
import { ownAppImage } from '../app/app-image.js';
import { type InstallSteps, installUpdate } from './install.js';
import { isWanted, nextUpdate, type UpdateEvent, whyNoUpdates } from './state.js';

export interface Updater {
  readonly state: UpdateState;
  /** Looks now, where updates can be had. How it went is in the state. */
  check(): void;
  /** Restarts into the version that is ready; does nothing before. How it failed is in the state. */
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
const CHECK_MS = DAY_MS;
/** After so long without a word from the server it can't be reached: neither electron-updater nor Chromium gives up. */
const SILENCE_MS = 60_000;

/** Looks for new versions, fetches them, and installs them when Meshbar is quit or when a person says so. */
export function createUpdater({ channel, onChange, beforeInstall }: UpdaterOptions): Updater {
  const reason = whyNoUpdates({
    isPackaged: app.isPackaged,
    // electron-builder writes it where an address was given at build time.
    hasFeed: existsSync(path.join(process.resourcesPath, 'app-update.yml')),
    platform: process.platform,
    isAppImage: ownAppImage(process.env, process.execPath) !== undefined,
  });
  let state: UpdateState = reason === undefined ? { status: 'idle' } : { status: 'off', reason };
  let currentChannel = channel;
  let loading: Promise<AppUpdater> | undefined;
  let silence: NodeJS.Timeout | undefined;

  function take(event: UpdateEvent): void {
    state = nextUpdate(state, event);
    onChange();
  }

  /** What was fetched is installed at the next quit, unless it is a beta that nobody wants any more. */
  function keepWanted(updater: AppUpdater): void {
    if (state.status === 'ready' && !isWanted(state.version, currentChannel)) take({ type: 'unwanted' });
    updater.autoInstallOnAppQuit = state.status === 'ready';
  }

  /** What is asked stays asked: there is no way to call it off, and an answer that comes late is taken. */
  function limitSilence(): void {
    clearTimeout(silence);
    silence = setTimeout(() => take({ type: 'failed', error: new Error('net::ERR_TIMED_OUT') }), SILENCE_MS);
  }

  async function load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    // It would write addresses to the standard output.
    autoUpdater.logger = null;
    autoUpdater.autoDownload = true;
    const hear = (event: UpdateEvent) => {
      take(event);
      if (event.type === 'checking' || event.type === 'found') limitSilence();
      else clearTimeout(silence);
    };
    autoUpdater.on('checking-for-update', () => hear({ type: 'checking' }));
    autoUpdater.on('update-not-available', () => hear({ type: 'none' }));
    autoUpdater.on('update-available', ({ version }) => hear({ type: 'found', version }));
    autoUpdater.on('download-progress', () => limitSilence());
    autoUpdater.on('update-downloaded', ({ version }) => {
      hear({ type: 'downloaded', version });
      keepWanted(autoUpdater);
    });
    autoUpdater.on('error', (error) => hear({ type: 'failed', error }));
    return autoUpdater;
  }

  function check(): void {
    if (state.status === 'off' || state.status === 'checking' || state.status === 'downloading') return;
    loading ??= load();
    const asked = currentChannel;
    loading
      .then((updater) => {
        keepWanted(updater);
        updater.channel = asked;
        // Naming a channel allows going back to older versions, whose ledger may not know the newer one's file.
        updater.allowDowngrade = false;
        return updater.checkForUpdates();
      })
      // It has told the error by its event, too.
      .catch((error: unknown) => take({ type: 'failed', error }))
      .finally(() => {
        if (asked !== currentChannel) check();
      });
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
