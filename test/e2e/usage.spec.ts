import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { formatExactUsd } from '../../src/renderer/views/requests/record-fields.js';
import { dayWords, moneyWords } from '../../src/renderer/views/usage/billed-words.js';
import type { RunningSimulator } from '../../src/simulator/index.js';
import { anthropicClient } from '../compat/clients.js';
import { expectAccessible } from './accessible.js';
import { ask, clickTray, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';
import type { LaunchedApp, LaunchOptions } from './launch.js';
import { seedMonth } from './seed.js';
import { sendTraffic } from './traffic.js';

const nano = (usd: number) => Math.round(usd * 1e9);

/** What a model cost by the simulator's own books, as a person reads it to the last digit. */
function billedFor(simulator: RunningSimulator, model: string): string {
  const all = simulator.billed.filter((exchange) => exchange.model === model);
  expect(all.length, model).toBeGreaterThan(0);
  return formatExactUsd(all.reduce((sum, { costUsd, surchargeUsd }) => sum + nano(costUsd) + nano(surchargeUsd), 0));
}

const table = (popover: Page, by: 'model' | 'tool' = 'model') => popover.getByRole('table', { name: `Usage by ${by}` });
const row = (popover: Page, name: string, by: 'model' | 'tool' = 'model') =>
  table(popover, by)
    .getByRole('row')
    .filter({ has: popover.getByRole('button', { name, exact: true }) });
/** A figure by its column: 0 requests, 1 failed, 2 interrupted, 3 in, 4 cached, 5 out, 6 cost. */
const cell = (of: Locator, column: number) => of.locator('td').nth(column);
const recent = (popover: Page) => popover.getByRole('list', { name: 'Recent requests' }).getByRole('listitem');

type Launch = (options?: LaunchOptions) => Promise<LaunchedApp>;

/** A popover that is looked at: to one that is not, nothing is told. */
async function open(launch: Launch, { settings, ...options }: LaunchOptions = {}): Promise<LaunchedApp> {
  const launched = await launch({ settings: { keepOpen: true, ...settings }, ...options });
  if (settings?.autostart !== false) await proxyIs(launched.popover, 'running');
  await clickTray();
  return launched;
}

test('the view shows, to the last digit, what the traffic cost', async ({ launch, simulator }) => {
  const { popover, url } = await open(launch);
  await sendTraffic({ url });
  await expect(cell(table(popover).getByRole('row', { name: 'Total' }), 0)).toHaveText('8');

  for (const model of ['claude-sonnet-4-6', 'gpt-5.4', 'gpt-5.4-mini', 'gpt-4.1-mini']) {
    const exact = billedFor(simulator, model);
    await expect(cell(row(popover, model), 6).locator('span')).toHaveAttribute('title', exact);
  }
  await expect(cell(row(popover, 'claude-sonnet-4-6'), 0)).toHaveText('3');
  await expect(row(popover, 'claude-sonnet-4-6')).toContainText('1 failed');
  await expect(row(popover, 'claude-haiku-4-5')).toContainText('1 interrupted');
  await expect(cell(row(popover, 'claude-haiku-4-5'), 6)).toContainText('≥');

  const today = popover.getByRole('region', { name: 'Today' });
  await expect(today).toContainText('Requests8');
  await expect(today).toContainText('Failed1');
  await expect(today.getByText('Today, estimated').locator('..')).toHaveAttribute('title', /^≥\$0\.\d+ at list price/);

  const tooltip = popover.getByRole('status').filter({ hasText: 'Total' });
  await pointAtLastBar(popover);
  await expect(tooltip).toContainText(billedFor(simulator, 'gpt-5.4'));
  await expect(tooltip).toContainText('1 failed, 1 interrupted');
});

test('a press on a row or a bar narrows the table and the list, by the keyboard too', async ({ launch }) => {
  const { popover, url } = await open(launch);
  await sendTraffic({ url });
  await expect(recent(popover)).toHaveCount(8);

  await row(popover, 'gpt-5.4').click();
  await expect(recent(popover)).toHaveCount(1);
  await expect(recent(popover)).toContainText('gpt-5.4');
  await popover.getByRole('radio', { name: 'By tool' }).click();
  await expect(row(popover, 'OpenAI SDK · JS', 'tool')).toBeVisible();
  await expect(row(popover, 'Anthropic SDK · JS', 'tool')).toHaveCount(0);
  await popover.getByRole('button', { name: /Show all models/ }).click();
  await expect(recent(popover)).toHaveCount(8);

  await expect(cell(row(popover, 'Anthropic SDK · JS', 'tool'), 0)).toHaveText('5');
  await row(popover, 'Anthropic SDK · JS', 'tool').getByRole('button').focus();
  await popover.keyboard.press('Enter');
  await expect(recent(popover)).toHaveCount(5);
  await popover.getByRole('button', { name: /Show all tools/ }).click();

  const chart = popover.getByRole('application');
  await chart.focus();
  await popover.keyboard.press('ArrowRight');
  await popover.keyboard.press('Enter');
  await expect(recent(popover)).toHaveCount(0);
  await popover.getByRole('button', { name: /Show the whole period/ }).click();
  await expect(recent(popover)).toHaveCount(8);
  await pointAtLastBar(popover, true);
  await expect(popover.getByRole('button', { name: /Show the whole period/ })).toBeVisible();
  await expect(cell(table(popover, 'tool').getByRole('row', { name: 'Total' }), 0)).toHaveText('8');
});

test('a request is there while it streams, and leads to all that is known of it', async ({ launch }) => {
  const { popover, url } = await open(launch);
  const client = anthropicClient({ url }, { key: LOCAL_KEY, plan: 'events=40; interval=100' });
  const stream = client.messages.stream({
    model: 'claude-sonnet-4-6',
    max_tokens: 1000,
    messages: [{ role: 'user', content: 'hello' }],
  });
  await expect(recent(popover).first()).toContainText('streaming');
  await expect(recent(popover).first()).toContainText('2 s');
  await stream.finalMessage();
  await expect(recent(popover).first()).not.toContainText('streaming');
  await recent(popover).first().getByRole('button').click();
  await expect(popover.getByText('Model that answered')).toBeVisible();
});

test('what MeshAgent billed is beside the estimate', async ({ launch, simulator }) => {
  const first = await launch();
  await proxyIs(first.popover, 'running');
  await sendTraffic(first);
  await first.close();
  const { popover } = await open(launch, { settings: { port: first.port } });
  const billed = simulator.billed.reduce((sum, { costUsd, surchargeUsd }) => sum + costUsd + surchargeUsd, 0);
  const since = (days: number) => dayWords(Date.now() - days * 86_400_000);
  await expect(popover.getByText(`MeshAgent billed ${moneyWords(billed * 1e9)} since ${since(1)}`)).toBeVisible();
  await popover.getByRole('radio', { name: 'Last 7 days' }).click();
  const line = popover.getByText(`MeshAgent billed ${moneyWords(billed * 1e9)} since ${since(7)}`);
  await expect(line).toBeVisible();

  const detail = popover.getByRole('table', { name: 'Estimated and billed' });
  await expect(detail).toBeHidden();
  await line.focus();
  await popover.keyboard.press('Enter');
  const of = (model: string) => detail.getByRole('row').filter({ hasText: model });
  await expect(of('gpt-5.4-mini').locator('td')).toHaveText([/^\$0/, /^\$0/, 'none']);
  // One stream was cut: more was billed than was seen of it, and the table says why.
  await expect(detail).toContainText('Answers cut off or sent twice');
  await expect(of('claude-haiku-4-5').locator('td')).toHaveText([/^≥\$0/, /^\$0/, /^\+<?\$0/]);
  await expectAccessible(popover, 'the billed detail');
  await popover.getByRole('radio', { name: 'Since the proxy was started' }).click();
  await expect(popover.getByText(/MeshAgent billed/)).toHaveCount(0);
  await expect(popover.getByText('No requests since the proxy was started.')).toBeVisible();
});

test('whoever has nothing to see is told the next step, until the first request comes', async ({ launch }) => {
  const { popover, url } = await open(launch, { settings: { autostart: false } });
  await expect(popover.getByText('The proxy is stopped.')).toBeVisible();
  await popover.getByRole('button', { name: 'Start the proxy' }).click();
  await expect(popover.getByRole('heading', { name: 'Proxy running' })).toBeVisible();
  await expect(popover.getByText('No requests yet.')).toBeVisible();
  await popover.getByRole('button', { name: 'Copy env exports' }).click();
  await expect(popover.getByText('Waiting for the first request', { exact: true })).toBeVisible();
  await sendTraffic({ url });
  await expect(row(popover, 'gpt-5.4')).toBeVisible();
  await popover.getByRole('switch', { name: 'Proxy' }).click();
  await expect(popover.getByRole('heading', { name: 'Proxy stopped' })).toBeVisible();
  await expect(row(popover, 'gpt-5.4')).toBeVisible();
});

test('a stop tells what is in flight, and can be cut short', async ({ launch }) => {
  const { popover, url } = await open(launch);
  const client = anthropicClient({ url }, { key: LOCAL_KEY, plan: 'events=100; interval=200' });
  const stream = client.messages.stream({
    model: 'claude-sonnet-4-6',
    max_tokens: 1000,
    messages: [{ role: 'user', content: 'hello' }],
  });
  const ended = stream.finalMessage().catch(() => 'cut');
  await new Promise((resolve) => stream.once('text', resolve));
  await popover.getByRole('switch', { name: 'Proxy' }).click();
  await expect(popover.getByRole('heading', { name: 'Proxy stopping…' })).toBeVisible();
  await expect(popover.getByText('1 request is still in flight.')).toBeVisible();
  await popover.getByRole('button', { name: 'Stop now' }).click();
  await expect(popover.getByRole('heading', { name: 'Proxy stopped' })).toBeVisible();
  expect(await ended).toBe('cut');
});

test('without a session there is one thing to do, and without a project one other', async ({ launch, home }) => {
  const file = path.join(home, '.meshagent/settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8'));
  delete settings.users.usr_1.project.active_project;
  await writeFile(file, JSON.stringify(settings));
  const { popover } = await launch();
  await expect(popover.getByText('Choose a project.')).toBeVisible();
  await popover.getByRole('main').getByRole('button', { name: 'Choose a project' }).last().click();
  await popover.getByRole('menuitemradio').first().click();
  await proxyIs(popover, 'running');
  await expect(popover.getByText('No requests yet.')).toBeVisible();

  const nobody = path.join(home, 'nobody');
  await mkdir(nobody);
  const other = await launch({ home: nobody });
  await expect(other.popover.getByText('Sign in to begin.')).toBeVisible();
  await expect(other.popover.getByRole('button', { name: 'Sign in' })).toHaveCount(1);
});

test('the demo says so, and shows traffic', async ({ launch }) => {
  const { popover } = await open(launch, { args: ['--demo'] });
  await expect(popover.getByText('Requests go to a simulator and cost nothing.')).toBeVisible();
  await expect(popover.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(recent(popover).first()).toBeVisible();
});

test('an insecure proxy is red wherever one looks', async ({ launch }) => {
  const { popover } = await launch({ settings: { insecure: true } });
  await proxyIs(popover, 'running');
  await expect(popover.getByRole('heading', { name: 'Running without a key' })).toBeVisible();
  await expect(popover.getByText('Insecure.')).toBeVisible();
  await popover.getByRole('button', { name: 'Settings' }).last().click();
  await expect(popover.getByText('Insecure.')).toBeVisible();
  expect((await ask(popover, 'app:state', undefined)).proxy).toMatchObject({ insecure: true });
});

test('a filter that is set and taken off says nothing false on the way, and leaves the view as it stands', async ({
  launch,
}) => {
  const { popover, url } = await open(launch);
  await sendTraffic({ url });
  await expect(recent(popover)).toHaveCount(8);
  await table(popover).getByRole('button', { name: 'Model' }).click();
  const seen = await watchText(popover);
  const panel = await popover.getByRole('region', { name: 'Usage over time' }).elementHandle();
  await row(popover, 'gpt-5.4').click();
  await expect(recent(popover)).toHaveCount(1);
  await row(popover, 'gpt-5.4').click();
  await expect(recent(popover)).toHaveCount(8);
  expect(await panel?.evaluate((node) => node.isConnected)).toBe(true);
  await expect(table(popover).getByRole('columnheader', { name: 'Model' })).toHaveAttribute('aria-sort', /cending$/);
  expect((await seen()).filter((text) => text.includes('No requests match.'))).toEqual([]);
});

test('a request that is older than the list is shown all the same, and its arrows leave scrolling alone', async ({
  launch,
  home,
}) => {
  await seedMonth(home);
  const { popover } = await open(launch);
  await popover.getByRole('radio', { name: 'Last 30 days' }).click();
  await expect(popover.getByRole('application', { name: /in the last 30 days/ })).toBeVisible();
  await popover.getByRole('application').focus();
  for (let bar = 0; bar < 6; bar += 1) await popover.keyboard.press('ArrowRight');
  await popover.keyboard.press('Enter');
  await expect(popover.getByRole('button', { name: /Show the whole period/ })).toBeVisible();
  await recent(popover).first().getByRole('button').click();
  const detail = popover.getByRole('region', { name: 'Request', exact: true });
  await expect(detail.getByText('Method and path')).toBeVisible();
  await detail.getByRole('button', { name: 'Back to the list' }).click();

  await popover.getByRole('list', { name: 'Requests' }).getByRole('button').first().click();
  const id = detail.getByText(/^seed_/);
  const first = await id.textContent();
  await popover.keyboard.press('ArrowDown');
  await expect(id).toHaveText(first as string);
  await popover.keyboard.press('ArrowRight');
  await expect(id).not.toHaveText(first as string);
});

test('another period is not called empty before its answer has come', async ({ launch }) => {
  const first = await launch();
  await proxyIs(first.popover, 'running');
  await sendTraffic(first);
  await first.close();
  const { popover } = await open(launch, { settings: { port: first.port } });
  await popover.getByRole('radio', { name: 'Since the proxy was started' }).click();
  await expect(popover.getByText('No requests since the proxy was started.')).toBeVisible();
  const seen = await watchText(popover);
  await popover.getByRole('radio', { name: 'Last 7 days' }).click();
  await expect(cell(table(popover).getByRole('row', { name: 'Total' }), 0)).toHaveText('8');
  expect((await seen()).filter((text) => text.includes('No requests in the last 7 days.'))).toEqual([]);
});

/** Gives what gives all texts that the page has shown since, each as the whole view. */
async function watchText(popover: Page): Promise<() => Promise<readonly string[]>> {
  const texts = await popover.evaluateHandle(() => {
    const main = document.querySelector('main') as HTMLElement;
    const shown: string[] = [];
    const look = () => shown.push(main.textContent ?? '');
    new MutationObserver(look).observe(main, { subtree: true, childList: true, characterData: true });
    return shown;
  });
  return () => texts.jsonValue();
}

/** Bars are drawn by the chart itself: the last one is at the end of the axis. */
async function pointAtLastBar(popover: Page, press = false): Promise<void> {
  const chart = popover.getByRole('application');
  const scale = popover.locator('.recharts-cartesian-grid-horizontal line').first();
  const [outer, grid] = [await chart.boundingBox(), await scale.boundingBox()];
  if (!outer || !grid) throw new Error('There is no chart.');
  const position = { x: grid.x + grid.width - outer.x - 4, y: 90 };
  await chart.hover({ position });
  if (press) await chart.click({ position });
}
