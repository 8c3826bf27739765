/** Title, reason and way out say what is so, and what is over disappears by itself. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { anthropicClient } from '../compat/clients.js';
import { expectAccessible } from './accessible.js';
import { ask, clickTray, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');
const BROWSER = 'curl --silent --location --output /dev/null';
const message = {
  model: 'claude-haiku-4-5',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hello' }],
};
const request = (url: string, plan?: string) =>
  anthropicClient({ url }, { key: LOCAL_KEY, ...(plan === undefined ? {} : { plan }) }).messages.create(message);
const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Gives what reads the tooltip and the picture that the icon got last. */
async function watchIcon(app: ElectronApplication) {
  await app.evaluate(({ Tray }) => {
    const seen = { toolTip: '', menu: [] as string[] };
    Object.assign(globalThis, { seenIcon: seen });
    const { setToolTip, setContextMenu } = Tray.prototype;
    Tray.prototype.setToolTip = function (text) {
      seen.toolTip = text;
      return setToolTip.call(this, text);
    };
    Tray.prototype.setContextMenu = function (menu) {
      seen.menu = menu?.items.map(({ label }) => label) ?? [];
      return setContextMenu.call(this, menu);
    };
  });
  return () =>
    app.evaluate(() => (globalThis as unknown as { seenIcon: { toolTip: string; menu: string[] } }).seenIcon);
}

for (const theme of ['light', 'dark'] as const) {
  test(`requests that fail are said everywhere until one passes, in ${theme}`, async ({ launch }) => {
    const { app, popover, url } = await launch({ settings: { theme } });
    await proxyIs(popover, 'running');
    const icon = await watchIcon(app);
    await clickTray();
    for (let times = 0; times < 3; times += 1) await expect(request(url, 'status=503')).rejects.toThrow();
    await expect(title(popover)).toHaveText('Requests failing');
    const reason = popover.getByRole('status').filter({ hasText: 'The last 3 requests failed' }).last();
    await expect(reason).toBeVisible();
    await expect
      .poll(async () => (await icon()).toolTip)
      .toContain('Meshbar: Requests failing\nThe last 3 requests failed');
    await expect.poll(async () => (await icon()).menu.slice(0, 1)).toEqual(['Requests failing']);
    await expectAccessible(popover, 'requests that fail');
    await popover.screenshot({ path: path.join(PICTURES, `usage-failing-${theme}.png`) });
    await reason.getByRole('button', { name: 'Show requests' }).click();
    await expect(popover.getByRole('button', { name: 'Requests', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await popover.getByRole('navigation').getByRole('button', { name: 'Usage' }).click();
    await request(url);
    await expect(title(popover)).toHaveText('Proxy running');
    await expect(popover.getByText('requests failed')).toHaveCount(0);
    await expect.poll(async () => (await icon()).toolTip).toContain('Meshbar: Proxy running');
  });
}

test('a session that has ended is forgotten after signing in again', async ({ launch, home, simulator }) => {
  // As the user whom the simulator signs in.
  const file = path.join(home, '.meshagent/settings.json');
  const saved = JSON.parse(await readFile(file, 'utf8'));
  saved.active_user_id = 'usr_simulated';
  saved.users = { usr_simulated: { ...saved.users.usr_1, profile: { id: 'usr_simulated' } } };
  await writeFile(file, JSON.stringify(saved));
  const { popover, url } = await launch({ env: { BROWSER, MESHAGENT_API_URL: simulator.url } });
  await proxyIs(popover, 'running');
  await request(url);
  await clickTray();
  simulator.revoke();
  await expect(request(url)).rejects.toThrow();
  await expect(title(popover)).toHaveText('Session ended');
  await expect(popover.getByText('Requests are refused until you sign in again.')).toHaveCount(1);
  await popover.getByRole('button', { name: 'Sign in again' }).click();
  await expect(title(popover)).toHaveText('Proxy running');
  await expect(popover.locator('header').getByText(/sign in|ended/i)).toHaveCount(0);
  expect((await ask(popover, 'app:state', undefined)).notices).toEqual([]);
  await request(url);
});

test('no browser is said while the sign-in waits, and not after it', async ({ launch, home, simulator }) => {
  await writeFile(path.join(home, '.meshagent/settings.json'), '{}');
  const { popover } = await launch({ env: { BROWSER: '/nowhere/browser', MESHAGENT_API_URL: simulator.url } });
  await clickTray();
  await expect(title(popover)).toHaveText('Not signed in');
  await popover.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(async () => (await ask(popover, 'app:state', undefined)).notices.length).toBe(1);
  const { session } = await ask(popover, 'app:state', undefined);
  await fetch(session.status === 'signing_in' ? (session.url ?? '') : '');
  await expect(title(popover)).toHaveText('No project chosen');
  expect((await ask(popover, 'app:state', undefined)).notices).toEqual([]);
});

test('a request is waited for only while something listens', async ({ launch }) => {
  const { popover } = await launch({ settings: { autostart: false } });
  await proxyIs(popover, 'stopped');
  await clickTray();
  await ask(popover, 'env:copy', { kind: 'address' });
  await expect(popover.getByText(/waiting/i)).toHaveCount(0);
  await ask(popover, 'proxy:start', undefined);
  await expect(popover.getByText(/waiting for the first request/i).first()).toBeVisible();
  await ask(popover, 'proxy:stop', { now: true });
  await expect(popover.getByText(/waiting/i)).toHaveCount(0);
});
