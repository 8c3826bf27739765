import path from 'node:path';
import { app, globalShortcut, type WebContents } from 'electron';
import { redact } from '../files/secrets.js';
import type { ProxyConfig } from '../settings/config.js';
import type { MeshbarPaths } from '../settings/paths.js';
import type { AppState } from '../shared/ipc.js';
import { wantsDemo } from './app/arguments.js';
import { copySecret, putOnClipboard } from './copy/clipboard.js';
import { type Copier, createCopier } from './copy/copier.js';
import { type AppEngine, createAppEngine } from './engine/app-engine.js';
import { pauseProxy } from './engine/pause.js';
import { type Push, push } from './ipc/push.js';
import { createRequests, type Requests } from './ipc/requests.js';
import type { Log } from './notices/log.js';
import type { NoticeList } from './notices/notices.js';
import type { SystemNotification } from './notices/notifications.js';
import { createProblems, type Problems } from './notices/problems.js';
import { showNotification } from './notices/show-notification.js';
import { createLoginItem, type LoginItem } from './settings/login-item.js';
import { createPriceList, type PriceList } from './settings/price-list.js';
import { proxyConfigOf } from './settings/proxy-config.js';
import { createSettings, type SettingsStore } from './settings/settings.js';
import type { Signal } from './signal.js';
import { appState, type SharedState } from './state/app-state.js';
import { createStatusSource } from './state/status.js';
import { createTrayIcon, type TrayIcon } from './tray/icon.js';
import { createUpdater, type Updater } from './updates/updater.js';
import { createFirstRequest, type FirstRequestWatch } from './usage/first-request.js';
import { createToday, type Today } from './usage/today.js';
import { type AskedViews, createAskedViews } from './windows/asked-views.js';
import { allPages, isAnyFocused, onWindowShown, visiblePages } from './windows/pages.js';
import { createShortcut, type Shortcut } from './windows/shortcut.js';
import { createWindows, type Windows } from './windows/windows.js';

/** What there is before anything else, so that whatever fails from then on is told. */
interface Ground {
  readonly log: Log;
  readonly paths: MeshbarPaths;
  /** Where the bundle is. */
  readonly folder: string;
  /** Emits when something of the state may have changed. */
  readonly changes: Signal;
  readonly notices: NoticeList;
}

/** The parts of the app, and what of Electron they are attached with. index.ts hands it to everything it registers. */
export interface Context extends Ground, Problems {
  readonly version: string;
  /** Meshbar's own folder. */
  readonly home: string;
  readonly ledgerCheckWorker: string;
  readonly settings: SettingsStore;
  readonly config: () => ProxyConfig;
  readonly engine: AppEngine;
  readonly today: Today;
  readonly firstRequest: FirstRequestWatch;
  readonly copier: Copier;
  readonly copyText: (text: string) => void;
  readonly copySecret: (text: string) => Promise<void>;
  readonly icon: TrayIcon;
  readonly windows: Windows;
  readonly askedViews: AskedViews<WebContents>;
  readonly allPages: () => readonly WebContents[];
  readonly visiblePages: () => readonly WebContents[];
  readonly onWindowShown: (listener: () => void) => void;
  readonly isFocused: () => boolean;
  readonly push: Push<WebContents>;
  readonly notify: (told: SystemNotification) => void;
  readonly shortcut: Shortcut;
  readonly loginItem: LoginItem;
  readonly updater: Updater;
  readonly priceList: PriceList;
  readonly requests: Requests;
  readonly state: (isBusy?: boolean) => SharedState;
  readonly stateFor: (page: WebContents) => AppState;
}

/** Makes the parts, once the app is ready. Rejects with MeshbarError if the ledger can't be opened. */
export async function createContext(ground: Ground): Promise<Context> {
  const { log, paths, folder, changes, notices } = ground;
  const version = app.getVersion();
  // First, so that a person who has started the app sees it while the rest comes up.
  const icon = createTrayIcon();
  const problems = createProblems(log, notices);
  const { onProblem } = problems;
  const settings = createSettings(paths.home, onProblem);
  const config = () => proxyConfigOf(settings.current);
  const engine = await createAppEngine(
    { version, ledgerWorker: path.join(folder, 'ledger-worker.cjs'), paths, config, onProblem },
    await wantsDemo(process.argv, config()),
  );
  const firstRequest = createFirstRequest(changes.emit);
  const windows = createWindows({ icon, folder: paths.home });
  const showPopover = () => void windows.show('corner');
  const shortcut = createShortcut(globalShortcut, showPopover);
  const updater = createUpdater({
    channel: settings.current.updateChannel,
    onChange: changes.emit,
    beforeInstall: () => pauseProxy(engine),
  });
  const priceList = createPriceList({
    file: paths.prices,
    ledger: () => engine.current.ledger,
    onChange: changes.emit,
    onProblem,
  });
  const statusSource = createStatusSource(engine, changes.emit);
  const parts = { version, engine, statusSource, settings, notices, shortcut, updater, priceList, firstRequest };
  const state = (isBusy?: boolean) => appState(parts, isBusy);
  return {
    ...ground,
    ...problems,
    ...parts,
    home: paths.home,
    ledgerCheckWorker: path.join(folder, 'ledger-check-worker.cjs'),
    config,
    today: createToday(() => engine.current.ledger),
    copier: createCopier({
      engine,
      settings,
      toClipboard: async (text, { isSecret }) => (isSecret ? copySecret(text) : putOnClipboard(text)),
      onCopied: firstRequest.copied,
    }),
    copyText: putOnClipboard,
    copySecret,
    icon,
    windows,
    askedViews: createAskedViews<WebContents>((page, view) => push(page, 'push:show', view)),
    allPages,
    visiblePages,
    onWindowShown,
    isFocused: isAnyFocused,
    push,
    notify: (told) => showNotification(told, showPopover),
    loginItem: createLoginItem(),
    requests: createRequests({
      redact,
      onAsked: (name) => log.detail(`a window asks for ${name}`),
      onError: log.answered,
    }),
    state,
    stateFor: (page) => ({ ...state(), window: windows.kindOf(page) }),
  };
}
