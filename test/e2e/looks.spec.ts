import path from 'node:path';
import type { Page } from '@playwright/test';
import { VIEWS } from '../../src/shared/ipc.js';
import { expectAccessible } from './accessible.js';
import { clickTray, expect, proxyIs, test } from './fixtures.js';
import type { LaunchedApp } from './launch.js';
import { seedMonth } from './seed.js';

/** Where the pictures are kept; the README's come from here. */
const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');

/** As a current Chromium draws what base.css asks for; an older one does not know it. */
const THIN_BARS =
  '::-webkit-scrollbar { width: 8px } ::-webkit-scrollbar-thumb { background: #8886; border-radius: 4px }';

// Axe looks at every one of hundreds of rows, four views a test.
test.describe.configure({ timeout: 240_000 });

for (const scheme of ['light', 'dark'] as const) {
  test(`every view, empty, in ${scheme}, is in order for axe`, async ({ launch }) => {
    const launched = await launch({ settings: { theme: scheme } });
    await proxyIs(launched.popover, 'running');
    await clickTray();
    await lookAtEach(launched, `empty-${scheme}`);
  });

  test(`every view, full, in ${scheme}, is in order for axe`, async ({ launch, home }) => {
    await seedMonth(home);
    const launched = await launch({ settings: { theme: scheme } });
    await proxyIs(launched.popover, 'running');
    await clickTray();
    await lookAtEach(launched, `full-${scheme}`);
  });
}

async function lookAtEach({ app, popover }: LaunchedApp, name: string): Promise<void> {
  for (const view of VIEWS) {
    await app.evaluate(
      ({ BrowserWindow }, shown) => BrowserWindow.getAllWindows()[0]?.webContents.send('push:show', shown),
      view,
    );
    await expect(popover.getByRole('main')).toBeVisible();
    await settled(popover);
    await popover.screenshot({ path: path.join(PICTURES, `${view}-${name}.png`), style: THIN_BARS });
    await expectAccessible(popover, `${view}, ${name}`);
  }
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
