import net from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { VIEWS, type View } from '../../src/shared/ipc.js';
import { expectAccessible } from './accessible.js';
import { clickTray, expect, proxyIs, test } from './fixtures.js';
import { freePort, type LaunchedApp } from './launch.js';
import { seedMonth } from './seed.js';

/** Where the pictures are kept; the README's come from here. */
const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');

/** The usual port, as people see it, where it is free. */
const USUAL_PORT = 8766;
/** An older Chromium does not know the thin scroll bars that base.css asks for. */
const args = ['--hide-scrollbars'];

// Axe looks at every one of hundreds of rows, four views a test.
test.describe.configure({ timeout: 240_000 });

for (const scheme of ['light', 'dark'] as const) {
  test(`every view, empty, in ${scheme}, is in order for axe`, async ({ launch }) => {
    const launched = await launch({ args, settings: { theme: scheme, port: await usualPort() } });
    await proxyIs(launched.popover, 'running');
    await clickTray();
    await lookAtEach(launched, `empty-${scheme}`);
  });

  test(`every view, full, in ${scheme}, is in order for axe`, async ({ launch, home }) => {
    await seedMonth(home);
    const launched = await launch({ args, settings: { theme: scheme, port: await usualPort() } });
    await proxyIs(launched.popover, 'running');
    await clickTray();
    await lookAtEach(launched, `full-${scheme}`);
    await show(launched, 'requests');
    await launched.popover.getByRole('button', { name: 'Claude Code' }).first().click();
    await settled(launched.popover);
    await launched.popover.screenshot({ path: path.join(PICTURES, `request-${scheme}.png`) });
    await expectAccessible(launched.popover, `a request, ${scheme}`);
  });
}

async function show({ app, popover }: LaunchedApp, view: View): Promise<void> {
  // A picture is of what is there when nothing moves any more: bars that grow may look settled in between.
  await popover.emulateMedia({ reducedMotion: 'reduce' });
  await app.evaluate(
    ({ BrowserWindow }, shown) => BrowserWindow.getAllWindows()[0]?.webContents.send('push:show', shown),
    view,
  );
  await expect(popover.getByRole('main')).toBeVisible();
  await settled(popover);
}

async function lookAtEach(launched: LaunchedApp, name: string): Promise<void> {
  const { popover } = launched;
  for (const view of VIEWS) {
    await show(launched, view);
    await popover.screenshot({ path: path.join(PICTURES, `${view}-${name}.png`) });
    await expectAccessible(popover, `${view}, ${name}`);
  }
}

async function usualPort(): Promise<number> {
  const server = net.createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(USUAL_PORT, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return USUAL_PORT;
}

/** Nothing moves any more, and what was asked for is there. */
async function settled(page: Page): Promise<void> {
  let before = '';
  await expect
    .poll(
      async () => {
        const last = before;
        before = (await page.screenshot()).toString('base64');
        return before === last;
      },
      { intervals: [150] },
    )
    .toBe(true);
}
