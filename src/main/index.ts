import path from 'node:path';
import { app, dialog, nativeTheme, powerMonitor, shell } from 'electron';
import { redact } from '../files/secrets.js';
import { avoidPretenuring } from '../net/v8-memory.js';
import { type MeshbarPaths, meshbarPaths } from '../settings/paths.js';
import { toMeshbarError } from '../shared/errors.js';
import { t, textOf } from '../words/index.js';
import { setLocale } from '../words/locale.js';
import { APP_ID } from './app/app-id.js';
import { registerAppRequests } from './app/app-requests.js';
import { registerBudgetRequests } from './budgets/budget-requests.js';
import { registerBudgets } from './budgets/budgets.js';
import { registerCheckRequests } from './check/check-requests.js';
import { createContext } from './context.js';
import { registerCopyRequests } from './copy/copy-requests.js';
import { registerAutostart } from './engine/autostart.js';
import { registerPower } from './engine/power.js';
import { registerProxyRequests } from './engine/proxy-requests.js';
import { registerQuitting } from './engine/quitting.js';
import { registerIpc } from './ipc/ipc.js';
import { registerKeyRequests } from './keys/key-requests.js';
import { registerApplicationMenu } from './menu/menu.js';
import { createLog, type Log } from './notices/log.js';
import { createNotices, registerNotices } from './notices/notices.js';
import { registerNotifications } from './notices/notifications.js';
import { registerUncaught } from './notices/problems.js';
import { registerSessionRequests } from './session/session-requests.js';
import { registerSettingsEffects } from './settings/effects.js';
import { registerSettingsRequests } from './settings/settings-requests.js';
import { createSignal } from './signal.js';
import { registerChanges } from './state/changes.js';
import { registerStatePushes } from './state/state-pushes.js';
import { registerToolRequests } from './tools/tool-requests.js';
import { registerTray } from './tray/tray.js';
import { registerUpdates } from './updates/updates.js';
import { registerUsage } from './usage/usage.js';
import { registerUsagePushes } from './usage/usage-pushes.js';
import { registerUsageRequests } from './usage/usage-requests.js';
import { registerGuards } from './windows/guards.js';
import { registerPageScheme, servePages } from './windows/page-protocol.js';
import { registerWindows } from './windows/register-windows.js';
import { registerRendererCrashes } from './windows/renderer-crashes.js';
import { registerWindowRequests } from './windows/window-requests.js';

async function run(log: Log, paths: MeshbarPaths): Promise<void> {
  await app.whenReady();
  registerGuards();
  servePages(path.join(__dirname, '../renderer'));
  const changes = createSignal();
  const notices = createNotices(changes.emit);
  registerUncaught({ log, notices });
  const context = await createContext({ log, changes, notices, paths, folder: __dirname });
  registerRendererCrashes({ ...context, app });
  registerQuitting({ ...context, app, power: powerMonitor, signals: process });
  registerPower({ ...context, power: powerMonitor });
  registerUsage(context);
  registerChanges(context);
  registerNotices(context);
  registerNotifications(context);
  registerBudgets(context);
  registerSettingsEffects({ ...context, theme: nativeTheme });
  registerWindows({ ...context, app });
  registerStatePushes(context);
  registerUsagePushes(context);
  const autostart = registerAutostart(context);

  registerAppRequests({ ...context, openLink: (url) => shell.openExternal(url), quit: () => app.quit() });
  registerProxyRequests({ ...context, autostart });
  registerUsageRequests(context);
  registerCopyRequests(context);
  registerKeyRequests(context);
  registerBudgetRequests(context);
  registerSettingsRequests(context);
  registerSessionRequests(context);
  registerToolRequests(context);
  registerCheckRequests(context);
  registerWindowRequests(context);
  registerUpdates(context);
  registerApplicationMenu();
  registerTray(context);
  registerIpc(context);
  await autostart();
}

avoidPretenuring();
setLocale(process.env.MESHBAR_LOCALE);
const paths = meshbarPaths();
// One folder for the terminal and the app; what Chromium keeps is apart from what people look at.
app.setPath('userData', paths.home);
app.setPath('sessionData', path.join(paths.home, 'chromium'));
registerPageScheme();
// Windows shows notifications of those alone whom it knows by the id of their shortcut, which the installer gave it.
if (process.platform === 'win32') app.setAppUserModelId(APP_ID);

if (app.requestSingleInstanceLock()) {
  const log = createLog(path.join(paths.home, 'logs'), { isVerbose: process.argv.includes('--verbose') });
  log.info(`Meshbar ${app.getVersion()} starts`);
  run(log, paths).catch((error: unknown) => {
    log.error('Meshbar could not start', error);
    dialog.showErrorBox(t('app.notices.couldNotStart'), redact(textOf(toMeshbarError(error).facts, 'app')));
    app.exit(1);
  });
} else {
  app.quit();
}
