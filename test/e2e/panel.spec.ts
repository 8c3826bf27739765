import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { anthropicClient } from '../compat/clients.js';
import { ask, test as base, expect, LOCAL_KEY, proxyIs } from './fixtures.js';
import type { LaunchedApp } from './launch.js';
import { ICON, type PanelDesktop, startPanelDesktop } from './panel-desktop.js';

const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');
const WATCHER = ['org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher', 'org.kde.StatusNotifierWatcher'] as const;
const ITEM = ['/StatusNotifierItem', 'org.kde.StatusNotifierItem'] as const;

const test = base.extend<object, { desk: PanelDesktop }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright tells by the pattern what a fixture needs.
    async ({}, use) => {
      const desk = await startPanelDesktop();
      await use(desk);
      await desk.close();
    },
    { scope: 'worker' },
  ],
});

test.skip(process.platform !== 'linux', 'the panel and its bus are of Linux');

const visible = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));

function call(desk: PanelDesktop, to: string, at: string, method: string, ...args: string[]): Promise<string> {
  return desk.run('dbus-send', '--session', '--print-reply', `--dest=${to}`, at, method, ...args);
}

function property(desk: PanelDesktop, [to, at, name]: readonly [string, string, string], which: string) {
  return call(desk, to, at, 'org.freedesktop.DBus.Properties.Get', `string:${name}`, `string:${which}`);
}

/** Who has an icon in the panel, by name on the bus. */
async function iconOwners(desk: PanelDesktop): Promise<readonly string[]> {
  const list = await property(desk, WATCHER, 'RegisteredStatusNotifierItems').catch(() => '');
  return [...list.matchAll(/string "(:[\d.]+)/g)].map(([, owner = '']) => owner);
}

async function iconOwner(desk: PanelDesktop): Promise<string> {
  await expect.poll(() => iconOwners(desk)).toHaveLength(1);
  return (await iconOwners(desk))[0] as string;
}

async function tooltip(desk: PanelDesktop): Promise<string> {
  const [owner] = await iconOwners(desk);
  return owner === undefined ? '' : property(desk, [owner, ...ITEM], 'ToolTip');
}

/** How blue it is where the icon is: it is grey while the proxy is stopped. */
async function blueOfIcon(desk: PanelDesktop): Promise<number> {
  const area = `28x28+${ICON.x - 14}+${ICON.y - 14}`;
  return Number(await desk.run('convert', 'x:root', '-crop', area, '-format', '%[fx:mean.b-mean.r]', 'info:'));
}

/** Chooses an entry of the menu as the panel does, by its number in the menu that is there now. */
async function choose(desk: PanelDesktop, label: string): Promise<void> {
  const owner = await iconOwner(desk);
  const menu = '/com/canonical/dbusmenu';
  const layout = await call(
    desk,
    owner,
    menu,
    'com.canonical.dbusmenu.GetLayout',
    'int32:0',
    'int32:-1',
    'array:string:',
  );
  const entries = [...layout.matchAll(/^\s+int32 (\d+)$|"label"\s+variant\s+string "(.*)"$/gm)];
  const at = entries.findIndex(([, , shown]) => shown === label);
  const id = entries.slice(0, at).findLast(([, number]) => number !== undefined)?.[1];
  if (at < 0 || id === undefined) throw new Error(`The menu has no “${label}”.`);
  const event = [`int32:${id}`, 'string:clicked', 'variant:string:', 'uint32:0'];
  await call(desk, owner, menu, 'com.canonical.dbusmenu.Event', ...event);
}

const chooses = (desk: PanelDesktop, label: string) => expect(() => choose(desk, label)).toPass();

async function clickIcon(desk: PanelDesktop): Promise<void> {
  await desk.run('xdotool', 'mousemove', String(ICON.x), String(ICON.y), 'click', '1');
}

async function expireSession({ popover, url }: LaunchedApp, revoke: () => void): Promise<void> {
  revoke();
  const message = {
    model: 'claude-haiku-4-5',
    max_tokens: 100,
    messages: [{ role: 'user' as const, content: 'hello' }],
  };
  await expect(anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message)).rejects.toThrow();
  await expect.poll(async () => (await ask(popover, 'app:state', undefined)).session.status).toBe('expired');
}

test('a panel that comes up after Meshbar, and one that crashed, shows its icon', async ({ desk, launch }) => {
  const { app, popover } = await launch({ env: desk.env });
  await proxyIs(popover, 'running');
  desk.startPanel();
  await iconOwner(desk);
  await desk.crashPanel();
  await expect.poll(() => iconOwners(desk)).toEqual([]);
  desk.startPanel();
  await iconOwner(desk);
  expect(await visible(app)).toBe(false);
  await expect(async () => {
    await clickIcon(desk);
    await expect.poll(() => visible(app), { timeout: 1000 }).toBe(true);
  }).toPass();
});

test('in a panel, the icon tells the state, and the menu alone does everything', async ({ desk, launch }) => {
  desk.startPanel();
  const { app, popover, url } = await launch({ env: desk.env });
  await proxyIs(popover, 'running');
  await expect.poll(() => tooltip(desk)).toContain(`Meshbar: Proxy running\n${url}`);
  await expect.poll(() => blueOfIcon(desk)).toBeGreaterThan(0.2);

  await chooses(desk, 'Stop proxy');
  await proxyIs(popover, 'stopped');
  await expect.poll(() => tooltip(desk)).toContain('Meshbar: Proxy stopped');
  await expect.poll(() => blueOfIcon(desk)).toBeLessThan(0.1);
  await chooses(desk, 'Start proxy');
  await proxyIs(popover, 'running');
  await expect.poll(() => blueOfIcon(desk)).toBeGreaterThan(0.2);

  await chooses(desk, 'fish');
  await expect.poll(() => desk.run('xclip', '-selection', 'clipboard', '-o')).toContain(`OPENAI_BASE_URL ${url}`);
  await chooses(desk, 'Another project');
  await expect.poll(async () => (await ask(popover, 'app:state', undefined)).session.projectId).toBe('prj_second');
  await chooses(desk, 'Launch at login');
  await expect.poll(async () => (await ask(popover, 'app:state', undefined)).settings.launchAtLogin).toBe(true);
  await chooses(desk, 'Settings…');
  await expect.poll(() => visible(app)).toBe(true);
  await expect(popover.getByRole('button', { name: 'Settings', exact: true })).toHaveAttribute('aria-current', 'page');
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await chooses(desk, 'Quit Meshbar');
  expect(await ended).toBe(0);
});

test('a notification is on the screen with its words, and a click on it opens the popover', async ({
  desk,
  launch,
  simulator,
}) => {
  const launched = await launch({ env: desk.env });
  await proxyIs(launched.popover, 'running');
  await expireSession(launched, () => simulator.revoke());
  await expect
    .poll(() => desk.notifications())
    .toEqual(['NORMAL: Session ended: ada@example.com: Requests are refused until you sign in again.']);
  const window = (await desk.run('xdotool', 'search', '--onlyvisible', '--class', 'dunst')).split('\n').at(-1) ?? '';
  mkdirSync(PICTURES, { recursive: true });
  await desk.run('import', '-window', 'root', path.join(PICTURES, 'notification.png'));
  expect(await visible(launched.app)).toBe(false);
  await desk.run('xdotool', 'mousemove', '--window', window, '20', '20', 'click', '1');
  await expect.poll(() => visible(launched.app)).toBe(true);
});
