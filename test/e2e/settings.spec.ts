import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { writePriceFile } from '../../src/pricing/price-file.js';
import { ALL_PROVIDERS } from '../../src/providers/registry.js';
import { anthropicClient } from '../compat/clients.js';
import { expectAccessible } from './accessible.js';
import { ask, clickTray, desktop, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';
import { freePort } from './launch.js';
import { seedMonth, UNKNOWN_MODEL } from './seed.js';

const message = {
  model: 'claude-haiku-4-5',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hello' }],
};

test('another port: said where it is wrong, taken over by a restart, and its consequences told', async ({ launch }) => {
  const { popover, url } = await launch();
  await openSettings(popover);
  await anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message);
  const field = popover.getByRole('textbox', { name: 'Port', exact: true });
  await field.fill('80');
  await expect(popover.getByText('Give a port from 1024 to 65535.')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(popover, 'a port that can not be');
  await field.press('Escape');
  await expect(field).toHaveValue(new URL(url).port);
  const port = await freePort();
  await field.fill(String(port));
  await field.press('Enter');
  await expect(popover.getByText('The proxy starts again. Give the new address to: Anthropic SDK · JS.')).toBeVisible();
  await proxyIs(popover, 'running');
  const moved = `http://127.0.0.1:${port}`;
  await expect.poll(() => isOpen(moved)).toBe(true);
  expect(await isOpen(url)).toBe(false);
  await anthropicClient({ url: moved }, { key: LOCAL_KEY }).messages.create(message);
  await popover.getByRole('button', { name: 'Dismiss' }).click();
  await expect(popover.getByText('The proxy starts again.')).toHaveCount(0);
});

test('without local keys all is red until they are on again', async ({ launch }) => {
  const { popover, url } = await launch();
  await openSettings(popover);
  const keys = popover.getByRole('switch', { name: 'Require the local key' });
  await keys.click();
  await popover.getByRole('button', { name: 'Cancel' }).click();
  await expect(keys).toBeChecked();
  await keys.click();
  await expectAccessible(popover, 'the question');
  await popover.getByRole('button', { name: 'Turn off' }).click();
  const alert = popover.getByRole('alert').filter({ hasText: 'Insecure.' });
  await expect(alert).toBeVisible();
  await expectAccessible(popover, 'insecure');
  await anthropicClient({ url }, { key: 'anything' }).messages.create(message);
  await popover.getByRole('button', { name: 'Requests' }).click();
  await expect(alert).toBeVisible();
  await alert.getByRole('button', { name: 'Settings' }).click();
  await expect(popover.getByText('Insecure: anyone who reaches the proxy can spend your money.')).toBeVisible();
  await keys.click();
  await expect(alert).toHaveCount(0);
  await expect(popover.getByText(/Give the new key to: Anthropic SDK · JS\./)).toBeVisible();
  await proxyIs(popover, 'running');
  await expect(anthropicClient({ url }, { key: 'anything' }).messages.create(message)).rejects.toMatchObject({
    status: 401,
  });
});

test('an insecure proxy is opened to the network only after a second yes', async ({ launch }) => {
  const { popover } = await launch({ settings: { insecure: true } });
  await openSettings(popover);
  const host = popover.getByRole('textbox', { name: 'Address to listen on' });
  await host.fill('0.0.0.0');
  await host.press('Enter');
  await expect(popover.getByText(/everyone who reaches this computer can spend your money/)).toBeVisible();
  await popover.getByRole('button', { name: 'Cancel' }).click();
  expect((await ask(popover, 'app:state', undefined)).settings).toMatchObject({ host: '127.0.0.1' });
  await expect(host).toHaveValue('127.0.0.1');
  await host.fill('0.0.0.0');
  await host.press('Enter');
  await popover.getByRole('button', { name: 'Open to everyone' }).click();
  await expect(popover.getByText('Everyone on your network can spend your money.')).toBeVisible();
});

test('a new local key: shown when asked for, the old one refused, the new one answered', async ({ launch }) => {
  const { popover, url } = await launch();
  await openSettings(popover);
  await anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message);
  const section = popover.getByRole('region', { name: 'Local key' });
  await expect(section).toContainText(`${LOCAL_KEY.slice(0, 4)}…`);
  await expect(section).not.toContainText(LOCAL_KEY);
  await section.getByRole('button', { name: 'Show' }).click();
  await expect(section).toContainText(LOCAL_KEY);
  await section.getByRole('button', { name: 'Replace…' }).click();
  await popover.getByRole('button', { name: 'Replace key' }).click();
  await expect(
    section.getByText('The old key is refused from now on. Give the new key to: Anthropic SDK · JS.'),
  ).toBeVisible();
  await expect(section).not.toContainText(LOCAL_KEY);
  await expect(anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message)).rejects.toMatchObject({
    status: 401,
  });
  await section.getByRole('button', { name: 'Copy the local key' }).click();
  await expect(section.getByText('Copied').first()).toBeVisible();
  const key = await desktop('xclip', '-selection', 'clipboard', '-o');
  expect(key).toMatch(/^[\w-]{43}$/);
  await anthropicClient({ url }, { key }).messages.create(message);
});

test('a key that was shown is masked again when the popover was closed, and when it is another one', async ({
  launch,
  home,
}) => {
  const { popover } = await launch({ settings: { autostart: false } });
  await proxyIs(popover, 'stopped');
  await clickTray();
  await popover.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const section = popover.getByRole('region', { name: 'Local key' });
  await section.getByRole('button', { name: 'Show' }).click();
  await expect(section).toContainText(LOCAL_KEY);
  await becomes(popover, 'hidden');
  await expect(section).not.toContainText(LOCAL_KEY);

  await becomes(popover, 'visible');
  await section.getByRole('button', { name: 'Show' }).click();
  await expect(section).toContainText(LOCAL_KEY);
  const file = path.join(home, '.meshagent/settings.json');
  const saved = JSON.parse(await readFile(file, 'utf8'));
  const { usr_1: ada } = saved.users;
  saved.users.usr_2 = {
    ...ada,
    profile: { ...ada.profile, id: 'usr_2' },
    project: { ...ada.project, llm_proxy_bearer_token: 'another-key' },
  };
  saved.active_user_id = 'usr_2';
  await writeFile(file, JSON.stringify(saved));
  await expect(section).toContainText('anot…');
  await expect(section).not.toContainText(LOCAL_KEY);
});

test('theme, shell and shortcut hold as soon as they are chosen, and are kept', async ({ launch, home }) => {
  const { app, popover } = await launch();
  await openSettings(popover);
  await popover.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await expect(popover.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
  await popover.getByRole('combobox', { name: 'Theme' }).selectOption('light');
  await expect(popover.locator('html')).toHaveAttribute('data-theme', 'light');
  await popover.getByRole('combobox', { name: 'Default shell' }).selectOption('fish');
  await expect(popover.getByRole('button', { name: 'Copy env · fish' })).toBeVisible();

  const shortcut = popover.getByRole('button', { name: /^Shortcut: Ctrl\+Shift\+M/ });
  await shortcut.press('Enter');
  await popover.keyboard.press('k');
  await expect(popover.getByText('Hold Control or Alt as well, or use a function key.')).toBeVisible();
  await popover.keyboard.press('Control+Alt+k');
  await expect(popover.getByRole('button', { name: /^Shortcut: Ctrl\+Alt\+K/ })).toBeVisible();
  expect(await app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Alt+K'))).toBe(true);
  await popover.getByRole('button', { name: 'Remove the shortcut' }).click();
  await expect(popover.getByRole('button', { name: /^Shortcut: None/ })).toBeVisible();

  await popover.getByRole('switch', { name: 'the session has ended' }).press('Space');
  await popover.getByRole('combobox', { name: 'Keep individual requests' }).selectOption('30');
  const kept = async () => JSON.parse(await readFile(path.join(home, 'meshbar/settings.json'), 'utf8'));
  await expect.poll(kept).toMatchObject({
    theme: 'light',
    defaultShell: 'fish',
    shortcut: '',
    notifySession: false,
    retentionDays: 30,
  });
});

test('a settings file that holds none is put aside, and that is told', async ({ launch, home }) => {
  const first = await launch();
  await proxyIs(first.popover, 'running');
  await first.close();
  await writeFile(path.join(home, 'meshbar/settings.json'), '{"port": 87');
  const { popover } = await launch({ settings: undefined });
  await expect(popover.getByText(/The settings could not be read\. They were set aside as/)).toBeVisible();
  await expectAccessible(popover, 'settings put aside');
  const [aside] = (await readdir(path.join(home, 'meshbar'))).filter((name) => name.startsWith('settings.json.bad-'));
  expect(await readFile(path.join(home, 'meshbar', aside ?? ''), 'utf8')).toBe('{"port": 87');
});

/** Tells the page whether it is looked at: Playwright has every page take itself for that, whatever the window does. */
function becomes(popover: Page, state: DocumentVisibilityState): Promise<void> {
  return popover.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: now });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

async function openSettings(popover: Page): Promise<void> {
  await proxyIs(popover, 'running');
  await clickTray();
  await popover.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
}

function isOpen(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

test('a fetched price list is named, and prices what had no price', async ({ launch, home }) => {
  await seedMonth(home);
  const model = (id: string) => ({ id, match: { equals: id }, prices: { input_mtok: 1, output_mtok: 2 } });
  const provider = (id: string) => ({ id, name: id, api_pattern: 'https://x', models: [model(UNKNOWN_MODEL)] });
  await writePriceFile(path.join(home, 'meshbar/prices.json'), {
    fetchedAt: Date.now(),
    providers: ALL_PROVIDERS.map(({ priceListId }) => provider(priceListId)) as never,
  });
  const { popover } = await launch();
  await openSettings(popover);
  await expect(popover.getByText(/In use: genai-prices of .*, fetched 20/)).toBeVisible();
  await expect(popover.getByRole('switch', { name: 'Keep the price list up to date' })).not.toBeChecked();
  const button = popover.getByRole('button', { name: /^Price \d+ unpriced requests$/ });
  await button.scrollIntoViewIfNeeded();
  await expectAccessible(popover, 'a price list that knows more');
  await button.click();
  await expect(button).toHaveCount(0);
  const { groups } = await ask(popover, 'usage:view', { period: '30d', by: 'model' });
  const repriced = groups.find(({ key }) => key === UNKNOWN_MODEL);
  expect(repriced?.standings.unpriced).toBe(0);
  expect(repriced?.costNanoUsd).toBeGreaterThan(0);
});
