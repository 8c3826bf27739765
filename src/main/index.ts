import '../engine/no-pretenuring.js';
import path from 'node:path';
import { app, BrowserWindow, clipboard, dialog, type WebContents } from 'electron';
import { learnSecret, redact } from '../files/secrets.js';
import type { ProxyConfig } from '../settings/config.js';
import { meshbarPaths } from '../settings/paths.js';
import { type ErrorInfo, toMeshbarError } from '../shared/errors.js';
import type { AppState, View } from '../shared/ipc.js';
import { setLocale } from '../words/locale.js';
import { APP_ID } from './app-id.js';
import { wantsDemo } from './arguments.js';
import { registerBudgets } from './budgets/budgets.js';
import { createCheck } from './check/check.js';
import { copySecret } from './copy/clipboard.js';
import { createCopier } from './copy/copier.js';
import { createAppEngine } from './engine/app-engine.js';
import { proxyView, sessionView } from './engine/app-state.js';
import { registerAutostart } from './engine/autostart.js';
import { registerPower } from './engine/power.js';
import { registerQuitting } from './engine/quitting.js';
import { push, registerIpc } from './ipc/ipc.js';
import { createHandlers } from './ipc/requests.js';
import { createStatePushes } from './ipc/state-pushes.js';
import { registerUsagePushes } from './ipc/usage-pushes.js';
import { createNamedKeys } from './keys/named-keys.js';
import { createMenuActions } from './menu/actions.js';
import { registerApplicationMenu } from './menu/menu.js';
import { inAppWords, sentenceInAppWords, sentenceOf } from './notices/app-words.js';
import { createLog, type Log } from './notices/log.js';
import { createNotices } from './notices/notices.js';
import { createNotifications } from './notices/notifications.js';
import { notify } from './notices/notify.js';
import { registerSettingsEffects } from './settings/effects.js';
import { createLoginItem } from './settings/login-item.js';
import { createPriceList } from './settings/price-list.js';
import { proxyConfigOf } from './settings/proxy-config.js';
import { createSettings } from './settings/settings.js';
import { createTools } from './tools/tools.js';
import { createTrayIcon } from './tray/icon.js';
import { registerTray } from './tray/tray.js';
import { createUpdater } from './updates/updater.js';
import { createFirstRequest } from './usage/first-request.js';
import { createToday } from './usage/today.js';
import { createAskedViews } from './windows/asked-views.js';
import { registerGuards } from './windows/guards.js';
import { isOurPage, registerPageScheme, servePages } from './windows/page-protocol.js';
import { registerRendererCrashes } from './windows/renderer-crashes.js';
import { createShortcut } from './windows/shortcut.js';
import { createWindows } from './windows/windows.js';

setLocale(process.env.MESHBAR_LOCALE);
const paths = meshbarPaths();
// One folder for the terminal and the app; what Chromium keeps is apart from what people look at.
app.setPath('userData', paths.home);
app.setPath('sessionData', path.join(paths.home, 'chromium'));
registerPageScheme();
// Windows shows notifications of those alone whom it knows by the id of their shortcut, which the installer gave it.
if (process.platform === 'win32') app.setAppUserModelId(APP_ID);

async function run(log: Log): Promise<void> {
  await app.whenReady();
  registerGuards();
  servePages(path.join(__dirname, '../renderer'));
  const icon = createTrayIcon();
  let pushState = () => {};
  const notices = createNotices(() => pushState());
  const onProblem = (text: string): void => {
    log.info(text);
    notices.add(redact(sentenceInAppWords(text)));
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error(event, error);
      notices.add(redact(`Something went wrong inside Meshbar: ${toMeshbarError(error).message}`));
    });
  }
  registerRendererCrashes(log, onProblem);

  const settings = createSettings(paths.home, onProblem);
  const config = (): ProxyConfig => proxyConfigOf(settings.current, onProblem);
  const engine = await createAppEngine(
    { version: app.getVersion(), ledgerWorker: path.join(__dirname, 'ledger-worker.cjs'), paths, config, onProblem },
    await wantsDemo(process.argv, config()),
  );
  registerQuitting(engine, log);
  const autostart = registerAutostart(engine, () => settings.current.autostart);

  const today = createToday(() => engine.current.ledger);
  void today.refresh();
  registerPower(engine, today, log);
  const first = createFirstRequest(() => pushState());
  engine.onActivity(() => first.onActive(() => engine.current.active));
  engine.onAppended((records) => {
    today.add(records);
    first.onEnded(records);
  });
  engine.onSettled(() => void today.refresh());
  const copier = createCopier({
    engine,
    settings,
    toClipboard: (text, { isSecret }) => (isSecret ? copySecret(text) : clipboard.writeText(text)),
    onCopied: first.copied,
  });

  const windows = createWindows({ icon, folder: paths.home, keepOpen: settings.current.keepOpen });
  const showPopover = () => void windows.show('corner');
  app.on('second-instance', showPopover);
  const shortcut = createShortcut(showPopover);

  const updater = createUpdater({
    channel: settings.current.updateChannel,
    onChange: () => pushState(),
    beforeInstall: async () => {
      const { status } = engine.current.state;
      await engine.stop();
      return () => {
        // How it went stands in the state.
        if (status === 'running') engine.start().catch(() => {});
      };
    },
  });
  const priceList = createPriceList({
    file: paths.prices,
    ledger: () => engine.current.ledger,
    onChange: () => pushState(),
    onProblem,
  });
  const stateFor = (sender?: WebContents): AppState => ({
    version: app.getVersion(),
    platform: process.platform,
    proxy: proxyView(engine.current.state, engine.isDemo),
    session: sessionView(engine.current.session.state),
    demo: engine.isDemo,
    settings: settings.current,
    budgets: engine.current.budgets.states,
    shortcutProblem: shortcut.problem,
    notices: notices.list,
    update: updater.state,
    prices: priceList.info,
    waiting: first.waiting,
    firstSeen: first.firstSeen,
    window: windows.kindOf(sender),
  });
  const isWatched = () => BrowserWindow.getAllWindows().some((window) => window.isVisible());
  /** A window that is shown may lie behind others for days. */
  const isFocused = () => BrowserWindow.getFocusedWindow() !== null;
  const considerNotifying = createNotifications((told) => notify(told, showPopover));
  const pushToWindows = createStatePushes(stateFor);
  let updateTray = () => {};
  pushState = () => {
    pushToWindows();
    updateTray();
  };
  let shown = engine.current;
  engine.onChange(() => {
    if (shown !== engine.current) void today.refresh();
    shown = engine.current;
    if (shown.state.status === 'running') learnSecret(shown.state.proxy.localKey);
    considerNotifying(stateFor(), isFocused());
    pushState();
  });
  registerBudgets({
    engine,
    isWanted: () => settings.current.notifyBudget && !isFocused(),
    tell: (told) => notify(told, showPopover),
    onChange: () => pushState(),
  });
  const onLook = registerUsagePushes({
    engine,
    today,
    push: (value) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.isVisible()) push(window.webContents, 'push:usage', value);
      }
    },
    isWatched,
  });
  app.on('browser-window-created', (_event, window) => window.on('show', onLook));

  registerSettingsEffects({ settings, engine, shortcut, loginItem: createLoginItem(), priceList, onProblem });
  settings.onChange(pushState);
  settings.onChange(({ keepOpen, updateChannel }) => {
    windows.setKeepOpen(keepOpen);
    updater.setChannel(updateChannel);
  });
  const askedViews = createAskedViews<WebContents>((page, view) => push(page, 'push:show', view));
  const handlers = createHandlers(
    {
      engine,
      settings,
      today,
      copier,
      namedKeys: createNamedKeys(engine, async (key) => {
        await copySecret(key);
        first.copied({ kind: 'local-key' });
      }),
      notices,
      stateFor,
      autostart,
      quit: () => app.quit(),
    },
    {
      ...createTools({
        engine,
        settings,
        home: paths.home,
        onConnected: ({ meterName, ...tool }) => first.connected({ kind: 'tool', ...tool }, meterName),
        onDisconnected: first.forget,
      }),
      ...createCheck({
        version: app.getVersion(),
        engine,
        paths,
        config,
        ledgerCheckWorker: path.join(__dirname, 'ledger-check-worker.cjs'),
        toClipboard: (text) => clipboard.writeText(text),
        onFinding: (page, finding) => push(page, 'push:finding', finding),
      }),
      'update:check': () => updater.check(),
      'update:install': () => updater.install(),
      'window:hide': (_input, sender) => windows.hide(sender),
      'window:pop-out': () => windows.popOut(),
      'window:asked-view': (_input, sender) => askedViews.take(sender),
    },
  );
  const open = async (view?: View) => {
    const page = await windows.show();
    if (page && view) askedViews.show(page, view);
  };
  const onMenuProblem = (error: ErrorInfo) => notices.add(redact(sentenceOf(inAppWords(error))));
  const perform = createMenuActions({ handlers, open, onProblem: onMenuProblem });
  registerApplicationMenu();
  updateTray = registerTray({ icon, engine, today, state: stateFor, perform });
  registerIpc({
    handlers,
    isOurs: isOurPage,
    redact,
    onError: log.answered,
  });
  await autostart();
}

if (app.requestSingleInstanceLock()) {
  const log = createLog(path.join(paths.home, 'logs'));
  log.info(`Meshbar ${app.getVersion()} starts`);
  run(log).catch((error: unknown) => {
    log.error('Meshbar could not start', error);
    dialog.showErrorBox('Meshbar could not start', redact(toMeshbarError(error).message));
    app.exit(1);
  });
} else {
  app.quit();
}
