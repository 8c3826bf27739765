import path from 'node:path';
import { app, BrowserWindow, type WebContents } from 'electron';
import { menubar } from 'menubar';
import { DEFAULT_CONFIG, meshbarPaths, type ProxyConfig } from '../core/config.js';
import { redact } from '../core/secrets.js';
import type { AppState, Notice } from '../shared/ipc.js';
import { proxyView } from './app-state.js';
import { createEngine } from './engine.js';
import { push, registerIpc } from './ipc.js';
import { isOurPage, PAGE_URL, registerPageScheme, servePages } from './page-protocol.js';
import { createHandlers } from './requests.js';
import { createSettings } from './settings.js';
import { registerUsagePushes } from './usage-pushes.js';
import { WINDOW } from './window.js';

registerPageScheme();

async function run(): Promise<void> {
  await app.whenReady();
  servePages(path.join(__dirname, '../renderer'));
  const paths = meshbarPaths();
  const settings = createSettings(paths.home);
  const notices: Notice[] = [];
  const config = (): ProxyConfig => {
    const { host, port, insecure, allowInsecureExposure } = settings.current;
    return { ...DEFAULT_CONFIG, host, port, insecure, allowInsecureExposure };
  };
  const engine = await createEngine(
    {
      version: app.getVersion(),
      ledgerWorker: path.join(__dirname, 'ledger-worker.cjs'),
      paths,
      config,
      onProblem: (message) => notices.unshift({ id: notices.length + 1, at: Date.now(), text: redact(message) }),
    },
    process.argv.includes('--demo'),
  );
  const stateFor = (_sender: WebContents): AppState => ({
    version: app.getVersion(),
    platform: process.platform,
    proxy: proxyView(engine.core.state),
    session: engine.core.session.state,
    demo: engine.isDemo,
    settings: settings.current,
    settingsSetAside: settings.setAside,
    shortcutProblem: undefined,
    notices,
    update: { status: 'off', reason: 'not built yet' },
    window: 'popover',
  });
  const windows = () => BrowserWindow.getAllWindows().map((window) => window.webContents);
  const pushState = () => {
    for (const contents of windows()) push(contents, 'push:state', stateFor(contents));
  };
  engine.onChange(pushState);
  registerUsagePushes(
    engine,
    (value) => {
      for (const contents of windows()) push(contents, 'push:usage', value);
    },
    () => BrowserWindow.getAllWindows().some((window) => window.isVisible()),
  );
  registerIpc({
    handlers: createHandlers({
      engine,
      settings,
      stateFor,
      onSettings: pushState,
      quit: () => app.quit(),
      hide: () => bar.hideWindow(),
    }),
    isOurs: isOurPage,
    redact,
  });
  const icon = path.join(__dirname, '../../assets/tray/idle.png');
  const bar = menubar({ icon, browserWindow: WINDOW, index: PAGE_URL, preloadWindow: true, tooltip: 'Meshbar' });
  if (settings.current.autostart) await engine.start().catch(() => {});
}

void run();
