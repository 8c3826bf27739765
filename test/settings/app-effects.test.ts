/** What each setting of the app changes, seen from outside, when a window changes it; and that it is kept. */
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { registerBudgets } from '../../src/main/budgets/budgets.js';
import { registerAutostart } from '../../src/main/engine/autostart.js';
import { registerProxyRequests } from '../../src/main/engine/proxy-requests.js';
import { createMenuActions } from '../../src/main/menu/actions.js';
import { menuTemplate } from '../../src/main/menu/template.js';
import { registerNotifications, type SystemNotification } from '../../src/main/notices/notifications.js';
import { registerSettingsEffects } from '../../src/main/settings/effects.js';
import { hasLoginEntry, removeLoginEntry, writeLoginEntry } from '../../src/main/settings/login-entry.js';
import { createPriceList } from '../../src/main/settings/price-list.js';
import { registerSettingsRequests } from '../../src/main/settings/settings-requests.js';
import { registerClicks } from '../../src/main/tray/clicks.js';
import { trayFace } from '../../src/main/tray/face.js';
import { registerUpdates } from '../../src/main/updates/updates.js';
import { registerWindows } from '../../src/main/windows/register-windows.js';
import { createShortcut } from '../../src/main/windows/shortcut.js';
import { type Settings, STORED_SETTINGS, type StoredName } from '../../src/settings/app-settings.js';
import type { BudgetState } from '../../src/shared/budgets.js';
import { EMPTY_TOTALS } from '../../src/shared/totals.js';
import { freePort } from '../e2e/launch.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { chat } from '../helpers/terminal.js';
import { createTestApp, type TestAppOptions } from '../helpers/test-app.js';
import { waitFor } from '../helpers/wait-for.js';

const TODAY = {
  ...EMPTY_TOTALS,
  exchanges: 3,
  costNanoUsd: 42_000_000,
  standings: { ...EMPTY_TOTALS.standings, measured: 3 },
};

/** The app as index.ts puts it together, without Electron, whose part is played by what is kept here. */
async function openApp(options: TestAppOptions = {}) {
  const app = await createTestApp(options);
  const { settings, engine, requests, onProblem, priceList } = app;
  const file = path.join(app.userHome, 'autostart', 'meshbar.desktop');
  const loginItem = {
    get isOn() {
      return hasLoginEntry(file);
    },
    set: async (on: boolean) => (on ? writeLoginEntry(file, ['/opt/meshbar']) : removeLoginEntry(file)),
  };
  const theme: { themeSource: Settings['theme'] } = { themeSource: 'system' };
  const accelerators = new Set<string>();
  const shortcut = createShortcut(
    { register: (accelerator) => Boolean(accelerators.add(accelerator)), unregisterAll: () => accelerators.clear() },
    () => {},
  );
  registerSettingsEffects({ settings, engine, shortcut, loginItem, priceList, theme, onProblem });
  registerSettingsRequests({ requests, engine, settings });

  /** As a window does it. */
  async function change(changes: Partial<Settings>): Promise<void> {
    expect(await app.ask('settings:change', changes)).toMatchObject({ ok: true });
    for (const [name, value] of Object.entries(changes)) {
      const kept = JSON.parse(await readFile(path.join(app.home, 'settings.json'), 'utf8'));
      expect(kept[name]).toEqual(value);
    }
  }

  /** Where the proxy listens, once it runs with what was changed. */
  async function running(isSo: () => boolean = () => true): Promise<string> {
    return waitFor(
      () => engine.current.state.status === 'running' && isSo() && engine.current.state.proxy.url,
      'a proxy',
    );
  }

  /** Starts the proxy with the settings as they are, and again with a change. */
  async function changeWhileRunning(changes: Partial<Settings>): Promise<string> {
    const first = await engine.start().then(() => engine.current.state);
    await change(changes);
    return running(() => engine.current.state !== first);
  }

  return {
    ...app,
    loginItem,
    theme,
    accelerators,
    change,
    running,
    changeWhileRunning,
    key: 'local-key',
    /** Sends a request and gives what MeshAgent has got of it. */
    async upstreamHeaders(url: string) {
      await (await chat({ url, key: 'local-key' })).text();
      return app.simulator.requests.findLast(({ path: asked }) => asked.endsWith('/chat/completions'))?.headers ?? {};
    },
  };
}

const status = async (url: string, key: string, target = '/openai/v1/models') =>
  (await fetch(`${url}${target}`, { headers: { authorization: `Bearer ${key}` } })).status;

/** Whether a person is notified of what `happens`, with a setting on and off. */
async function whetherNotified(
  name: 'notifyStopped' | 'notifySession' | 'notifyBudget',
  happens: (app: Awaited<ReturnType<typeof openApp>>, notify: (told: SystemNotification) => void) => Promise<void>,
): Promise<boolean[]> {
  const results: boolean[] = [];
  for (const on of [true, false]) {
    // A budget's alert comes once.
    const app = await openApp();
    await app.change({ [name]: on });
    const told: SystemNotification[] = [];
    await happens(app, (one) => void told.push(one));
    results.push(told.length > 0);
  }
  return results;
}

const EFFECTS: Readonly<Record<StoredName, () => Promise<void>>> = {
  async port() {
    const app = await openApp();
    const port = await freePort();
    expect(await app.changeWhileRunning({ port })).toBe(`http://127.0.0.1:${port}`);
    expect(await status(`http://127.0.0.1:${port}`, app.key)).toBe(200);
  },
  async host() {
    const app = await openApp();
    const url = await app.changeWhileRunning({ host: 'localhost' });
    expect(url).toMatch(/^http:\/\/localhost:/);
    expect(await status(url, app.key)).toBe(200);
  },
  async autostart() {
    const app = await openApp();
    const autostart = registerAutostart(app);
    await app.change({ autostart: false });
    await autostart();
    expect(app.engine.current.state.status).toBe('stopped');
    await app.change({ autostart: true });
    await autostart();
    await app.running();
  },
  async insecure() {
    const app = await openApp();
    const { url } = await app.engine.start().then(() => ({ url: `http://127.0.0.1:${app.settings.current.port}` }));
    expect(await status(url, 'anything')).toBe(401);
    await app.change({ insecure: true });
    await waitFor(async () => (await status(url, 'anything').catch(() => 0)) === 200, 'a proxy without local keys');
  },
  async allowInsecureExposure() {
    const app = await openApp({ settings: { insecure: true } });
    expect(await app.ask('settings:change', { host: '0.0.0.0' })).toMatchObject({
      ok: false,
      error: { code: 'insecure_exposure' },
    });
    const url = await app.changeWhileRunning({ host: '0.0.0.0', allowInsecureExposure: true });
    expect(app.engine.current.state).toMatchObject({ proxy: { host: '0.0.0.0', insecure: true } });
    expect(await status(url, 'anything')).toBe(200);
  },
  async annotateTool() {
    const app = await openApp();
    const url = await app.changeWhileRunning({ annotateTool: true });
    expect(await app.upstreamHeaders(url)).toHaveProperty('x-meshagent-annotation-meshbar-tool', 'curl');
  },
  async settle() {
    const app = await openApp();
    const url = await app.changeWhileRunning({ settle: true });
    expect(await app.upstreamHeaders(url)).toHaveProperty('x-meshagent-annotation-meshbar-exchange');
  },
  async metrics() {
    const app = await openApp();
    const url = await app.changeWhileRunning({ metrics: true });
    expect(await status(url, app.key, '/metrics')).toBe(200);
  },
  async otlpUrl() {
    const receiver = await startOtlpReceiver();
    const app = await openApp();
    await app.upstreamHeaders(await app.changeWhileRunning({ otlpUrl: receiver.url }));
    await app.engine.close();
    expect(receiver.spans.map(({ name }) => name)).toEqual(['chat gpt-5.4']);
  },
  async launchAtLogin() {
    const { change, loginItem } = await openApp();
    await change({ launchAtLogin: true });
    await waitFor(() => loginItem.isOn, 'the entry');
    await change({ launchAtLogin: false });
    await waitFor(() => !loginItem.isOn, 'the entry to go');
  },
  async keepOpen() {
    const { settings, change } = await openApp({ settings: { keepOpen: true } });
    const kept: boolean[] = [];
    registerWindows({
      settings,
      app: { on: () => {} },
      windows: { show: async () => undefined, setKeepOpen: (keep: boolean) => void kept.push(keep) },
    });
    await change({ keepOpen: false });
    expect(kept).toEqual([true, false]);
  },
  async shortcut() {
    const { accelerators, change } = await openApp();
    expect([...accelerators]).toEqual(['CommandOrControl+Shift+M']);
    await change({ shortcut: 'Alt+K' });
    expect([...accelerators]).toEqual(['Alt+K']);
    await change({ shortcut: '' });
    expect([...accelerators]).toEqual([]);
  },
  async defaultShell() {
    const { state, change } = await openApp();
    await change({ defaultShell: 'fish' });
    const entries = menuTemplate({ state: state(), today: TODAY, projects: { status: 'loading' } });
    expect(
      entries.find(({ action }) => action && 'ask' in action && action.ask === 'env:copy' && 'shell' in action.input)
        ?.label,
    ).toMatch(/fish$/);
  },
  async theme() {
    const { theme, change } = await openApp({ settings: { theme: 'light' } });
    expect(theme.themeSource).toBe('light');
    await change({ theme: 'dark' });
    expect(theme.themeSource).toBe('dark');
  },
  async currencyFormat() {
    const { state, change } = await openApp();
    expect(trayFace(state(), TODAY).tooltip).toMatch(/\$0\.042$/);
    await change({ currencyFormat: 'cents' });
    expect(trayFace(state(), TODAY).tooltip).toMatch(/\$0\.04$/);
  },
  async trayClick() {
    const app = await openApp();
    const icon = new EventEmitter();
    const done: string[] = [];
    registerProxyRequests({ ...app, autostart: async () => {} });
    registerClicks({
      ...app,
      icon,
      windows: {
        toggle: () => void done.push('popover'),
        leave: () => {},
        show: async () => void done.push('shown'),
      },
      perform: createMenuActions({ requests: app.requests, open: async () => {}, onError: () => {} }),
      openMenu: () => void done.push('menu'),
    });
    for (const event of ['click', 'double-click', 'right-click']) icon.emit(event);
    expect(done.splice(0)).toEqual(['popover', 'popover', 'menu']);
    await app.change({ trayClick: 'toggle' });
    icon.emit('click');
    await app.running();
    // The second of two quick clicks does not undo the first.
    icon.emit('double-click');
    icon.emit('right-click');
    expect(done).toEqual(['popover']);
    await app.running();
    icon.emit('click');
    await waitFor(() => app.engine.current.state.status === 'stopped', 'the proxy to stop');
  },
  async trayText() {
    const { state, change } = await openApp();
    const title = () => trayFace({ ...state(), platform: 'darwin' }, TODAY).title;
    expect(title()).toBe('$0.042');
    await change({ trayText: 'requests' });
    expect(title()).toBe('3 requests');
    await change({ trayText: 'nothing' });
    expect(title()).toBe('');
  },
  async retentionDays() {
    const { engine, change } = await openApp();
    const { ledger } = engine.current;
    const day = 86_400_000;
    for (let n = 0; n < 5; n += 1) ledger.append(exchangeRecord(n, { startedAt: Date.now() - n * day }));
    expect(await ledger.latest({ limit: 10 })).toHaveLength(5);
    await change({ retentionDays: 2 });
    await waitFor(async () => (await ledger.latest({ limit: 10 })).length === 3, 'older records to go');
  },
  async updatePrices() {
    let asked = 0;
    const server = http.createServer((_request, response) => {
      asked += 1;
      response.end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const app = await createTestApp();
    const { settings, engine, requests, paths } = app;
    const priceList = createPriceList({
      file: paths.prices,
      ledger: () => engine.current.ledger,
      onChange: () => {},
      onProblem: () => {},
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json`,
    });
    onTestFinished(() => priceList.keepUpToDate(false));
    const loginItem = { isOn: false, set: async () => {} };
    const shortcut = { use: () => {} };
    registerSettingsEffects({ ...app, priceList, loginItem, shortcut, theme: { themeSource: 'system' } });
    registerSettingsRequests({ requests, engine, settings });
    expect(asked).toBe(0);
    await app.ask('settings:change', { updatePrices: true });
    await waitFor(() => asked === 1, 'the list to be fetched');
  },
  async notifyStopped() {
    const results = await whetherNotified('notifyStopped', async (app, notify) => {
      registerNotifications({ ...app, isFocused: () => false, notify });
      const inTheWay = http.createServer();
      onTestFinished(() => void inTheWay.close());
      await new Promise<void>((resolve) => inTheWay.listen(app.settings.current.port, '127.0.0.1', resolve));
      await expect(app.engine.start()).rejects.toMatchObject({ code: 'port_in_use' });
    });
    expect(results).toEqual([true, false]);
  },
  async notifySession() {
    const results = await whetherNotified('notifySession', async (app, notify) => {
      registerNotifications({ ...app, isFocused: () => false, notify });
      await app.engine.start();
      const url = await app.running();
      app.simulator.revoke();
      await app.upstreamHeaders(url);
      await waitFor(() => app.state().session.status === 'expired', 'the session to be known as ended');
    });
    expect(results).toEqual([true, false]);
  },
  async notifyBudget() {
    const results = await whetherNotified('notifyBudget', async (app, notify) => {
      const { budgets } = app.engine.current;
      const alerts: BudgetState[] = [];
      budgets.onAlert((state) => void alerts.push(state));
      registerBudgets({ ...app, isFocused: () => false, notify });
      await budgets.set({ scope: { kind: 'all' }, period: 'day', amountNanoUsd: 1, alerts: [50], hardStop: false });
      await app.engine.start();
      await app.upstreamHeaders(await app.running());
      await waitFor(() => alerts.length > 0, 'the alert');
    });
    expect(results).toEqual([true, false]);
  },
  async updateChannel() {
    const { settings, requests, change } = await openApp();
    const channels: string[] = [];
    const updater = { check() {}, install: async () => {}, setChannel: (next: string) => void channels.push(next) };
    registerUpdates({ requests, settings, updater });
    await change({ updateChannel: 'beta' });
    expect(channels).toEqual(['beta']);
  },
};

test.each(STORED_SETTINGS)('%s takes effect when a window changes it, and is kept', async (name) => {
  await EFFECTS[name]();
});
