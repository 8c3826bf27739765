import type { Page } from '@playwright/test';
import { ask, clickTray, desktop, expect, hoverTray, proxyIs, test } from './fixtures.js';
import { sendTraffic } from './traffic.js';

/** Opens the menu by a right click and presses its first entry, as a hand does: it moves, then it presses. */
async function chooseFirst(): Promise<void> {
  await openByHand();
  const menu = (await openMenu()) as string;
  await desktop('xdotool', 'mousemove', '--window', menu, '60', '24');
  await desktop('xdotool', 'mousemove', '--window', menu, '60', '16');
  await desktop('xdotool', 'click', '1');
  await expect.poll(openMenu).toBeUndefined();
}

async function openByHand(): Promise<void> {
  await desktop('xdotool', 'key', 'Escape');
  await desktop('xdotool', 'mousemove', '600', '600');
  await hoverTray();
  await clickTray(3);
  await expect.poll(openMenu).toBeDefined();
}

/** The window of the menu: of the app's, the one that is larger than a tooltip. */
async function openMenu(): Promise<string | undefined> {
  const ids = await desktop('xdotool', 'search', '--onlyvisible', '--class', 'electron').catch(() => '');
  for (const id of ids.split('\n').filter((one) => one !== '')) {
    const geometry = await desktop('xdotool', 'getwindowgeometry', '--shell', id).catch(() => '');
    if (Number(/HEIGHT=(\d+)/.exec(geometry)?.[1]) > 200) return id;
  }
  return undefined;
}

const soon = (page: Page, status: string) =>
  expect.poll(async () => (await ask(page, 'app:state', undefined)).proxy.status, { timeout: 2000 }).toBe(status);

test('the menu of the icon stops the proxy and starts it again', async ({ launch }) => {
  const { popover } = await launch();
  await proxyIs(popover, 'running');
  // A menu that is replaced while it opens, as right after the start, is closed by it.
  await expect(async () => {
    await chooseFirst();
    await soon(popover, 'stopped');
  }).toPass();
  await expect(async () => {
    await chooseFirst();
    await soon(popover, 'running');
  }).toPass();
});

test('traffic leaves a menu open that is being read', async ({ launch }) => {
  const launched = await launch();
  await proxyIs(launched.popover, 'running');
  await expect(async () => {
    await openByHand();
    const menu = await openMenu();
    await sendTraffic(launched);
    await expect
      .poll(async () => (await ask(launched.popover, 'usage:now', undefined)).today?.exchanges ?? 0)
      .toBeGreaterThan(7);
    expect(await openMenu()).toBe(menu);
  }).toPass();
});

test('Settings… in the menu opens them in a page that is loading, too, and where there is no window', async ({
  launch,
}) => {
  const { app, popover } = await launch();
  await proxyIs(popover, 'running');
  // The menu that the app gives the system next.
  await app.evaluate(({ Tray }) => {
    const give = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function (menu) {
      Object.assign(globalThis, { menu });
      give.call(this, menu);
    };
  });
  await ask(popover, 'proxy:stop', { now: true });
  await expect.poll(() => app.evaluate(() => 'menu' in globalThis)).toBe(true);
  const press = (first: 'reload' | 'destroy') =>
    app.evaluate(({ BrowserWindow }, how) => {
      const [window] = BrowserWindow.getAllWindows();
      if (how === 'reload') window?.webContents.reload();
      else window?.close();
      const { menu } = globalThis as unknown as { menu: Electron.Menu };
      menu.items.find(({ label }) => label === 'Settings…')?.click();
    }, first);
  const isShown = (page: Page) =>
    expect(page.getByRole('button', { name: 'Settings', exact: true })).toHaveAttribute('aria-current', 'page');

  await press('reload');
  await isShown(popover);
  const next = app.waitForEvent('window');
  await press('destroy');
  await isShown(await next);
});
