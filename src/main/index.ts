import path from 'node:path';
import { app, BrowserWindow, clipboard, dialog, type WebContents } from 'electron';
import { menubar } from 'menubar';
import { DEFAULT_CONFIG, meshbarPaths, type ProxyConfig } from '../core/config.js';
import { redact } from '../core/secrets.js';
import { MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { AppState } from '../shared/ipc.js';
import { proxyView, sessionView } from './app-state.js';
import { sentenceInAppWords } from './app-words.js';
import { wantsDemo } from './arguments.js';
import { registerAutostart } from './autostart.js';
import { copySecret } from './clipboard.js';
import { createCopier } from './copier.js';
import { createEngine } from './engine.js';
import { createFirstRequest } from './first-request.js';
import { registerGuards } from './guards.js';
import { push, registerIpc } from './ipc.js';
import { createLog, type Log } from './log.js';
import { createLoginItem } from './login-item.js';
import { createNotices } from './notices.js';
import { createNotifications } from './notifications.js';
import { notify } from './notify.js';
import { PAGE_URL } from './page-address.js';
import { isOurPage, registerPageScheme, servePages } from './page-protocol.js';
import { registerPower } from './power.js';
import { registerQuitting } from './quitting.js';
import { registerRendererCrashes } from './renderer-crashes.js';
import { createHandlers } from './requests.js';
import { createSettings } from './settings.js';
import { registerSettingsEffects } from './settings-effects.js';
import { createShortcut } from './shortcut.js';
import { createStatePushes } from './state-pushes.js';
import { createToday } from './today.js';
import { registerUsagePushes } from './usage-pushes.js';
import { WINDOW } from './window.js';

const paths = meshbarPaths();
// One folder for the terminal and the app; what Chromium keeps is apart from what people look at.
app.setPath('userData', paths.home);
app.setPath('sessionData', path.join(paths.home, 'chromium'));
registerPageScheme();

async function run(log: Log): Promise<void> {
  await app.whenReady();
  registerGuards();
  servePages(path.join(__dirname, '../renderer'));
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
  const config = (): ProxyConfig => {
    const { host, port, insecure, allowInsecureExposure } = settings.current;
    return { ...DEFAULT_CONFIG, host, port, insecure, allowInsecureExposure };
  };
  const engine = await createEngine(
    { version: app.getVersion(), ledgerWorker: path.join(__dirname, 'ledger-worker.cjs'), paths, config, onProblem },
    await wantsDemo(process.argv, config()),
  );
  registerQuitting(engine, log);
  const autostart = registerAutostart(engine, () => settings.current.autostart);

  const today = createToday(() => engine.core.ledger);
  void today.refresh();
  registerPower(engine, today, log);
  const first = createFirstRequest(() => pushState());
  engine.onActivity(() => first.onActive(() => engine.core.active));
  engine.onAppended((records) => {
    today.add(records);
    first.onEnded(records);
  });
  const copier = createCopier({
    engine,
    settings,
    toClipboard: (text, { isSecret }) => (isSecret ? copySecret(text) : clipboard.writeText(text)),
    onCopied: first.copied,
  });

  const icon = path.join(__dirname, '../../assets/tray/idle.png');
  const bar = menubar({ icon, browserWindow: WINDOW, index: PAGE_URL, preloadWindow: true, tooltip: 'Meshbar' });
  const showPopover = () => void bar.showWindow();
  app.on('second-instance', showPopover);
  const shortcut = createShortcut(showPopover);

  const stateFor = (_sender?: WebContents): AppState => ({
    version: app.getVersion(),
    platform: process.platform,
    proxy: proxyView(engine.core.state),
    session: sessionView(engine.core.session.state),
    demo: engine.isDemo,
    settings: settings.current,
    settingsSetAside: settings.setAside,
    shortcutProblem: shortcut.problem,
    notices: notices.list,
    update: { status: 'off', reason: 'not built yet' },
    waiting: first.waiting,
    firstSeen: first.firstSeen,
    window: 'popover',
  });
  const isWatched = () => BrowserWindow.getAllWindows().some((window) => window.isVisible());
  const considerNotifying = createNotifications((told) => notify(told, showPopover));
  pushState = createStatePushes(stateFor);
  let core = engine.core;
  engine.onChange(() => {
    if (core !== engine.core) void today.refresh();
    core = engine.core;
    considerNotifying(stateFor(), isWatched());
    pushState();
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

  registerSettingsEffects({ settings, engine, shortcut, loginItem: createLoginItem(), onProblem });
  settings.onChange(pushState);
  registerIpc({
    handlers: createHandlers(
      { engine, settings, today, copier, notices, stateFor, autostart, quit: () => app.quit() },
      {
        'update:check': () => undefined,
        'update:install': () => undefined,
        'window:hide': () => bar.hideWindow(),
        'window:pop-out': () => {
          throw new MeshbarError('internal', 'There is no such window yet.');
        },
      },
    ),
    isOurs: isOurPage,
    redact,
    onError: (name, error) => log.error(name, error),
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
