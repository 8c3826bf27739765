import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { anthropicClient } from '../compat/clients.js';
import { expectAccessible } from './accessible.js';
import { ask, clickTray, desktop, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');
const message = {
  model: 'claude-sonnet-4-6',
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: 'hello' }],
};
const pasted = () => desktop('xclip', '-selection', 'clipboard', '-o');

/** What the icon says when it is pointed at, and what its menu holds, from now on. */
async function watchTray(app: ElectronApplication) {
  await app.evaluate(({ Tray }) => {
    const seen = { toolTip: '', menu: [] as string[] };
    Object.assign(globalThis, { seenTray: seen });
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
    app.evaluate(() => (globalThis as unknown as { seenTray: { toolTip: string; menu: string[] } }).seenTray);
}

async function show(popover: Page, view: 'Usage' | 'Settings'): Promise<void> {
  await popover.getByRole('navigation').getByRole('button', { name: view }).click();
}

/** What spends $0.047 with each request. */
const spender = (url: string, key = LOCAL_KEY) => anthropicClient({ url }, { key, plan: 'input=10000; output=1000' });

for (const theme of ['light', 'dark'] as const) {
  test(`a budget that stops refuses, is told everywhere, and is lifted, in ${theme}`, async ({ launch }) => {
    const { app, popover, url } = await launch({ settings: { theme } });
    await proxyIs(popover, 'running');
    const tray = await watchTray(app);
    await clickTray();
    await show(popover, 'Settings');
    await popover.getByRole('button', { name: 'Add a budget…' }).click();
    const form = popover.getByRole('form', { name: 'Add a budget' });
    const amount = form.getByRole('textbox', { name: 'Amount' });
    await expect(amount).toBeFocused();
    await amount.fill('much');
    await amount.press('Enter');
    await expect(form.getByRole('alert')).toHaveText('Enter an amount in US dollars, such as 5 or 2.50.');
    await expectAccessible(popover, 'a budget that can not be');
    await popover.screenshot({ path: path.join(PICTURES, `budget-form-${theme}.png`) });
    await amount.fill('0.05');
    await form.getByRole('switch', { name: 'Refuse requests when it is used up' }).click();
    await amount.press('Enter');
    const budget = popover.getByRole('group', { name: 'All requests, $0.05 a day' });
    await expect(budget).toContainText('$0.00 of $0.05 (0%)');

    const client = spender(url);
    await client.messages.create(message);
    await expect(budget).toContainText('$0.047 of $0.05 (94%)');
    await show(popover, 'Usage');
    const lines = popover.getByRole('region', { name: 'Budgets' });
    await expect(lines).toHaveText('94% of $0.05 a day used');
    await popover.screenshot({ path: path.join(PICTURES, `usage-near-${theme}.png`) });
    await expectAccessible(popover, 'a budget that is nearly used up');
    await client.messages.create(message);
    await expect(popover.getByRole('heading', { name: 'Budget used up' })).toBeVisible();
    const alert = popover.getByRole('alert').filter({ hasText: 'budget is used up' });
    await expect(alert).toContainText('Today’s $0.05 budget is used up. Requests are refused until midnight.');
    await expect(lines).toHaveCount(0);
    const refusal = await client.messages.create(message).catch((error) => error);
    expect(refusal).toMatchObject({ status: 429, message: expect.stringContaining('Budget all-day is used up') });
    await show(popover, 'Settings');
    await expect(budget).toContainText('Requests are refused until midnight.');
    await budget.scrollIntoViewIfNeeded();
    await popover.screenshot({ path: path.join(PICTURES, `budget-stopped-${theme}.png`) });
    await expectAccessible(popover, 'a budget that stops, in the settings');
    await expect.poll(async () => (await tray()).toolTip).toContain('Requests are refused until midnight');
    await expect.poll(async () => (await tray()).menu).toContain('Allow until midnight');

    await show(popover, 'Usage');
    await expect(alert).toBeVisible();
    await popover.screenshot({ path: path.join(PICTURES, `usage-stopped-${theme}.png`) });
    await expectAccessible(popover, 'a budget that stops, in the usage view');
    await alert.getByRole('button', { name: 'Allow until midnight' }).click();
    await expect(lines).toHaveText('189% of $0.05 a day used, allowed until midnight');
    await popover.screenshot({ path: path.join(PICTURES, `usage-lifted-${theme}.png`) });
    await expectAccessible(popover, 'a budget that was lifted');
    await client.messages.create(message);
    await expect.poll(async () => (await tray()).menu.join()).not.toContain('Allow');

    await show(popover, 'Settings');
    await popover.getByRole('button', { name: /^Remove: All requests/ }).click();
    await popover.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(budget).toHaveCount(0);
    expect((await ask(popover, 'app:state', undefined)).budgets).toEqual([]);
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`a key of its own is made, used, told apart, limited and revoked, in ${theme}`, async ({ launch }) => {
    const { popover, url } = await launch({ settings: { theme } });
    await proxyIs(popover, 'running');
    await clickTray();
    await show(popover, 'Settings');
    await popover.getByRole('button', { name: 'Create a key…' }).click();
    const form = popover.getByRole('form', { name: 'Create a key' });
    await form.getByRole('button', { name: 'Create key' }).click();
    await expect(form.getByRole('alert')).toHaveText('Say what it is for, such as “ci”.');
    await expectAccessible(popover, 'a key without a name');
    await form.getByRole('textbox', { name: 'For' }).fill('ci');
    await form.getByRole('textbox', { name: 'Limit' }).fill('2');
    await popover.screenshot({ path: path.join(PICTURES, `key-form-${theme}.png`) });
    await form.getByRole('button', { name: 'Create key' }).click();
    const fresh = popover.getByRole('status').filter({ hasText: 'Copy it now' });
    await expect(fresh).toBeVisible();
    await fresh.getByRole('button', { name: 'Copy the key ci' }).click();
    await expect.poll(pasted).toMatch(/^mb-/);
    const key = await pasted();
    await expect(fresh).toContainText(key);
    await popover.screenshot({ path: path.join(PICTURES, `key-fresh-${theme}.png`) });
    await expectAccessible(popover, 'a key that was made');
    await fresh.getByRole('button', { name: 'Done' }).click();
    await expect(popover.getByText(key)).toHaveCount(0);
    await expect(ask(popover, 'keys:copy-new', { id: 'key_any' })).rejects.toThrow('There is no such key.');

    const client = spender(url, key);
    await client.messages.create(message);
    await anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message);
    const row = popover.getByRole('group', { name: 'Key ci' });
    await expect(row).toContainText('last used today');
    await expect(row).toContainText('Today $0.047');
    await expect(row).toContainText('$0.047 of $2.00 (2%)');
    await row.scrollIntoViewIfNeeded();
    await popover.screenshot({ path: path.join(PICTURES, `key-used-${theme}.png`) });
    await expectAccessible(popover, 'a key that was used');

    await show(popover, 'Usage');
    await popover.getByRole('button', { name: 'Group by: Model' }).click();
    await popover.screenshot({ path: path.join(PICTURES, `usage-parts-${theme}.png`) });
    await popover.getByRole('menuitemradio', { name: 'By key' }).click();
    const table = popover.getByRole('table', { name: 'Usage by key' });
    await expect(table.getByRole('row', { name: /^ci / })).toBeVisible();
    await expect(table.getByRole('row', { name: /^Shared key / })).toBeVisible();
    expect(await beyondChart(popover)).toEqual([]);
    await popover.screenshot({ path: path.join(PICTURES, `usage-by-key-${theme}.png`) });
    await expectAccessible(popover, 'usage by key');

    await show(popover, 'Settings');
    await popover.getByRole('button', { name: 'Revoke ci' }).click();
    await expectAccessible(popover, 'whether to revoke');
    await popover.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(row).toHaveCount(0);
    await expect(client.messages.create(message)).rejects.toMatchObject({ status: 401 });
  });
}

/** Words of the chart's scales that its edge cuts off. */
function beyondChart(page: Page): Promise<(string | null)[]> {
  return page
    .locator('.recharts-surface')
    .first()
    .evaluate((chart) => {
      const { left, right } = chart.getBoundingClientRect();
      return [...chart.querySelectorAll('text')]
        .filter((text) => text.getBoundingClientRect().right > right || text.getBoundingClientRect().left < left)
        .map((text) => text.textContent);
    });
}

test('metrics are answered once they are switched on, and a collector that can not be is said', async ({ launch }) => {
  const { popover, url } = await launch();
  await proxyIs(popover, 'running');
  await clickTray();
  await show(popover, 'Settings');
  const metrics = () =>
    fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${LOCAL_KEY}` } }).catch(() => undefined);
  expect((await metrics())?.status).toBe(404);
  await popover.getByRole('switch', { name: 'Metrics for Prometheus' }).click();
  await expect(popover.getByText(`${url}/metrics, with the local key as bearer token.`)).toBeVisible();
  await expect.poll(async () => (await metrics())?.status).toBe(200);
  await anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message);
  await expect.poll(async () => (await metrics())?.text()).toContain('claude-sonnet-4-6');
  const collector = popover.getByRole('textbox', { name: 'OpenTelemetry collector' });
  await collector.fill('http://collector.example:4318');
  await collector.press('Enter');
  await expect(popover.getByText(/The address of the collector must be https, except on this machine/)).toBeVisible();
  await expectAccessible(popover, 'a collector that can not be');
  await popover.screenshot({ path: path.join(PICTURES, 'advanced.png') });
});
