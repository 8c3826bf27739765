import { clickTray, desktop, expect, proxyIs, test } from './fixtures.js';

/** Opens the menu by a right click, goes down to an entry, and presses it. */
async function choose(position: number): Promise<void> {
  await clickTray(3);
  // The menu takes the keyboard once it is there.
  await expect.poll(() => openMenus()).toBeGreaterThan(0);
  await desktop('xdotool', 'key', ...Array.from({ length: position }, () => 'Down'), 'Return');
  await expect.poll(() => openMenus()).toBe(0);
}

/** Windows of no manager, as menus are, that are larger than a tooltip. */
async function openMenus(): Promise<number> {
  const ids = await desktop('xdotool', 'search', '--onlyvisible', '--class', 'electron').catch(() => '');
  const sizes = await Promise.all(
    ids
      .split('\n')
      .filter((id) => id !== '')
      .map((id) => desktop('xdotool', 'getwindowgeometry', '--shell', id).catch(() => '')),
  );
  return sizes.filter((text) => Number(/HEIGHT=(\d+)/.exec(text)?.[1]) > 200).length;
}

test('the menu of the icon stops the proxy and starts it again', async ({ launch }) => {
  const { popover } = await launch();
  await proxyIs(popover, 'running');
  await choose(1);
  await proxyIs(popover, 'stopped');
  await choose(1);
  await proxyIs(popover, 'running');
});
