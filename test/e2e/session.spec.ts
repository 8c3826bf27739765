import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { anthropicClient } from '../compat/clients.js';
import { expectAccessible } from './accessible.js';
import { ask, clickTray, desktop, expect, proxyIs, test } from './fixtures.js';

/** Stands for the browser: goes where it is sent, and back to Meshbar. */
const BROWSER = 'curl --silent --location --output /dev/null';
const message = {
  model: 'claude-haiku-4-5',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hello' }],
};

test('signing in, choosing a project, and out again', async ({ launch, home, simulator }) => {
  await rm(path.join(home, '.meshagent'), { recursive: true });
  const { popover, url } = await launch({ env: { BROWSER, MESHAGENT_API_URL: simulator.url } });
  await openSettings(popover);
  const account = popover.getByRole('region', { name: 'Account' });
  await expect(account.getByText('Not signed in')).toBeVisible();
  await expectAccessible(popover, 'signed out');
  await account.getByRole('button', { name: 'Sign in' }).click();
  await expect(account.getByText('Sam Example')).toBeVisible();
  await expect(account.getByText('sam@example.com', { exact: true })).toBeVisible();
  await account.getByRole('button', { name: 'Choose a project' }).click();
  await expectAccessible(popover, 'the projects');
  await popover.getByRole('button', { name: /^Another project/ }).click();
  await expect(account.getByRole('button', { name: 'Project: Another project. Change' })).toBeVisible();
  await expect(account.getByText('$50.00', { exact: true })).toBeVisible();
  await ask(popover, 'proxy:start', undefined);
  const { localKey } = await ask(popover, 'key:show', undefined);
  await anthropicClient({ url }, { key: localKey }).messages.create(message);
  expect(simulator.billed.at(-1)?.projectId).toBe('prj_second');
  await account.getByRole('button', { name: 'Sign out' }).click();
  await popover.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(account.getByText('Not signed in')).toBeVisible();
  const file = JSON.parse(await readFile(path.join(home, '.meshagent/settings.json'), 'utf8'));
  expect(file.users.usr_simulated.session ?? null).toBeNull();
});

test('a sign-in whose page did not open is finished by its address, or given up', async ({
  launch,
  home,
  simulator,
}) => {
  await rm(path.join(home, '.meshagent'), { recursive: true });
  const { popover } = await launch({ env: { BROWSER: 'true', MESHAGENT_API_URL: simulator.url } });
  await openSettings(popover);
  const account = popover.getByRole('region', { name: 'Account' });
  await account.getByRole('button', { name: 'Sign in' }).click();
  await expect(account.getByText('Continue in your browser.')).toBeVisible();
  await expectAccessible(popover, 'signing in');
  await account.getByRole('button', { name: 'Cancel' }).click();
  await expect(account.getByText('Not signed in')).toBeVisible();
  await account.getByRole('button', { name: 'Sign in' }).click();
  await account.getByRole('button', { name: 'Copy link to sign in' }).click();
  await expect(account.getByText('Copied').first()).toBeVisible();
  const [command = '', ...args] = BROWSER.split(' ');
  await desktop(command, ...args, await desktop('xclip', '-selection', 'clipboard', '-o'));
  await expect(account.getByText('Sam Example')).toBeVisible();
});

test('a session that has ended is said, and signing in again mends it', async ({ launch, simulator }) => {
  const { popover, url } = await launch({ env: { BROWSER, MESHAGENT_API_URL: simulator.url } });
  await proxyIs(popover, 'running');
  await openSettings(popover);
  simulator.revoke();
  await expect(anthropicClient({ url }, { key: 'local-key' }).messages.create(message)).rejects.toMatchObject({
    status: 401,
  });
  const account = popover.getByRole('region', { name: 'Account' });
  await expect(
    account.getByText('Your session has ended. Requests are refused until you sign in again.'),
  ).toBeVisible();
  await expectAccessible(popover, 'a session that has ended');
  await account.getByRole('button', { name: 'Sign in again' }).click();
  await expect(account.getByText('Sam Example')).toBeVisible();
});

test('a service that can’t renew the session is said, and when it is asked again', async ({
  launch,
  home,
  simulator,
}) => {
  test.setTimeout(120_000);
  const file = path.join(home, '.meshagent/settings.json');
  const saved = JSON.parse(await readFile(file, 'utf8'));
  saved.users.usr_1.session.expires_at = Math.floor(Date.now() / 1000) - 60;
  await writeFile(file, JSON.stringify(saved));
  simulator.failTokenEndpoint(1000, 'unavailable');
  const { popover } = await launch();
  await openSettings(popover);
  const account = popover.getByRole('region', { name: 'Account' });
  await expect(
    account.getByText(/^Can’t renew the session: .+ Trying again (?:now|in \d+ (?:s|min))\.$/),
  ).toBeVisible();
  await expectAccessible(popover, 'offline');
  simulator.failTokenEndpoint(0, 'unavailable');
  await expect(account.getByText(/^Can’t renew the session/)).toHaveCount(0, { timeout: 60_000 });
});

test('another profile and one of many projects are found and taken', async ({ launch, home, simulator }) => {
  const file = path.join(home, '.meshagent/settings.json');
  const saved = JSON.parse(await readFile(file, 'utf8'));
  const { usr_1: ada } = saved.users;
  saved.users.usr_2 = {
    ...ada,
    profile: { id: 'usr_2', first_name: 'Grace', last_name: 'Hopper', email: 'grace@example.com' },
    project: { ...ada.project, active_project: 'prj_second' },
  };
  await writeFile(file, JSON.stringify(saved));
  for (let n = 1; n <= 30; n += 1) simulator.setProject({ id: `prj_${n}`, name: `Research ${n}` });
  const { popover } = await launch();
  await openSettings(popover);
  const account = popover.getByRole('region', { name: 'Account' });
  await account.getByRole('button', { name: 'Switch profile' }).click();
  await popover.getByRole('menuitemradio', { name: /Grace Hopper/ }).click();
  await expect(account.getByText('Grace Hopper')).toBeVisible();
  await account.getByRole('button', { name: 'Project: Another project. Change' }).click();
  await popover.getByRole('searchbox', { name: 'Search projects' }).fill('search 17');
  await expect(popover.getByRole('list', { name: 'Projects' }).getByRole('listitem')).toHaveCount(1);
  await popover.keyboard.press('Enter');
  await expect(account.getByRole('button', { name: 'Project: Research 17. Change' })).toBeVisible();
  const now = JSON.parse(await readFile(file, 'utf8'));
  expect(now.active_user_id).toBe('usr_2');
  expect(now.users.usr_2.project.active_project).toBe('prj_17');
});

test('a token and a project of the environment are said, and not offered to be changed', async ({
  launch,
  simulator,
}) => {
  const { popover } = await launch({
    env: {
      MESHAGENT_TOKEN: simulator.upstreamToken,
      MESHAGENT_PROJECT_ID: 'prj_second',
      MESHAGENT_API_URL: simulator.url,
    },
  });
  await openSettings(popover);
  const account = popover.getByRole('region', { name: 'Account' });
  await expect(account.getByText('Signed in with the token in MESHAGENT_TOKEN')).toBeVisible();
  await expect(account.getByText(/^Set by the variable MESHAGENT_PROJECT_ID/)).toBeVisible();
  await expect(account.getByText('Another project')).toBeVisible();
  await expect(account.getByRole('button')).toHaveCount(0);
});

async function openSettings(popover: Page): Promise<void> {
  await expect.poll(async () => (await ask(popover, 'app:state', undefined)).proxy.status).not.toBe('starting');
  await clickTray();
  await popover.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
}
