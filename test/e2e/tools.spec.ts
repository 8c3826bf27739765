import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { ask, clickTray, desktop, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');
const BEFORE = '{\n  "model": "opus", // best\n  "env": { "ANTHROPIC_AUTH_TOKEN": "their-own-secret" }\n}\n';

async function claudeSettings(home: string, text: string): Promise<string> {
  const file = path.join(home, '.claude', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  await expectAccessible(page, name);
}

/** As Claude Code asks. */
function ping(url: string, key: string): Promise<Response> {
  return fetch(`${url}/anthropic/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'user-agent': 'claude-cli/2.1.0 (external, cli)',
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      model: 'claude-haiku-4-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'ping' }],
    }),
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`Claude Code is connected, named by its first request, and gets its settings back (${theme})`, async ({
    launch,
    home,
  }) => {
    const file = await claudeSettings(home, BEFORE);
    const { popover, url } = await launch({ settings: { theme } });
    await proxyIs(popover, 'running');
    await clickTray();
    await popover.getByRole('button', { name: 'Connect a tool', exact: true }).click();
    const row = popover.getByRole('listitem').filter({ hasText: 'Claude Code' }).first();
    await expect(row.getByText('Not connected')).toBeVisible();
    await look(popover, `tools-${theme}`);
    // Beside a scroll bar too: a form of the exports that is cut off is one that nobody finds.
    const forms = popover.getByRole('tablist').first();
    expect(await forms.evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);

    await row.getByRole('button', { name: 'Connect: Claude Code' }).click();
    const dialog = popover.getByRole('dialog');
    await expect(dialog).toContainText(file);
    await expect(dialog).toContainText(`${url}/anthropic`);
    await expect(dialog).toContainText('"thei…"');
    await expect(dialog).toContainText('"mb-…"');
    await expect(dialog).not.toContainText('their-own-secret');
    await look(popover, `tools-plan-${theme}`);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await readFile(file, 'utf8')).toBe(BEFORE);

    await row.getByRole('button', { name: 'Connect: Claude Code' }).click();
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await expect(row.getByText('Connected')).toBeVisible();
    await expect(popover.getByText('Waiting for the first request from Claude Code…')).toBeVisible();
    await look(popover, `tools-waiting-${theme}`);
    const written = await readFile(file, 'utf8');
    const key = /"ANTHROPIC_AUTH_TOKEN": "(mb-[^"]+)"/.exec(written)?.[1] ?? '';
    expect(written).toContain('// best');

    const answer = await ping(url, key);
    await answer.text();
    expect(answer.status).toBe(200);
    await expect(popover.getByText('First request received from Claude Code · claude-haiku-4-5')).toBeVisible();
    await expect
      .poll(async () => (await ask(popover, 'usage:latest', { limit: 1 }))[0])
      .toMatchObject({ tool: 'Claude Code', keyId: expect.stringMatching(/^key_/) });

    await row.getByRole('button', { name: 'Disconnect: Claude Code' }).click();
    await expect(dialog).toContainText('This file goes back to exactly what it was');
    await look(popover, `tools-disconnect-${theme}`);
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await expect(row.getByText('Not connected')).toBeVisible();
    expect(await readFile(file, 'utf8')).toBe(BEFORE);
    expect((await ping(url, key)).status).toBe(401);
    expect((await ping(url, LOCAL_KEY)).status).toBe(200);
  });

  test(`the check tells what is wrong, and copies a report without the key (${theme})`, async ({ launch, home }) => {
    await claudeSettings(home, '{"env": {"ANTHROPIC_BASE_URL": "http://127.0.0.1:1/anthropic"}}');
    await writeFile(path.join(home, '.bashrc'), 'export OPENAI_BASE_URL=http://127.0.0.1:1/openai/v1\n');
    const { popover } = await launch({ settings: { theme } });
    await proxyIs(popover, 'running');
    await clickTray();
    await popover.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(popover.getByText(/Meshbar’s engine: \d+ MiB/)).toBeVisible();
    await popover.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(popover.getByText('Claude Code is set up for a Meshbar at another address.')).toBeVisible();
    await expect(
      popover.getByText('OPENAI_BASE_URL leads to http://127.0.0.1:1, where this Meshbar is not.'),
    ).toBeVisible();
    await expect(popover.getByText(/^\d+ problems/)).toBeVisible();
    await expect(popover.getByText('Problem', { exact: true }).first()).toBeVisible();
    await look(popover, `check-${theme}`);
    await popover.getByRole('button', { name: /checks? passed/ }).click();
    await look(popover, `check-open-${theme}`);
    await popover.getByRole('button', { name: 'Copy report, to paste into an issue' }).click();
    await expect.poll(() => desktop('xclip', '-selection', 'clipboard', '-o')).toContain('### meshbar doctor');
    const report = await desktop('xclip', '-selection', 'clipboard', '-o');
    expect(report).toContain('tools.old_address');
    expect(report).not.toContain(LOCAL_KEY);
    expect(report).not.toContain(home);
    await popover.getByRole('button', { name: 'Tools' }).click();
    await expect(popover.getByText('Sends to http://127.0.0.1:1/anthropic')).toBeVisible();
  });
}

test('what can’t be done is said at the tool, and nothing is written', async ({ launch, home }) => {
  const file = await claudeSettings(home, '{"env": {,}}');
  const codex = path.join(home, '.codex', 'config.toml');
  await mkdir(path.dirname(codex));
  await writeFile(codex, 'model = "gpt-5.4"\n');
  const { popover } = await launch({ settings: { theme: 'light' } });
  await proxyIs(popover, 'running');
  await clickTray();
  await popover.getByRole('button', { name: 'Connect a tool', exact: true }).click();
  await expect(popover.getByText(`${file}, line 1, is not valid JSON`)).toBeVisible();

  // Somebody writes to the file while the change is shown.
  await popover.getByRole('button', { name: 'Connect: Codex' }).click();
  await writeFile(codex, 'model = "other"\n');
  await popover.getByRole('dialog').getByRole('button', { name: 'Connect' }).click();
  await expect(popover.getByRole('alert')).toContainText('Nothing was changed.');
  await look(popover, 'tools-errors-light');
  expect(await readFile(codex, 'utf8')).toBe('model = "other"\n');

  await popover.getByRole('button', { name: /Not found here/ }).click();
  await popover.getByRole('button', { name: 'Why not: Cursor' }).click();
  await expect(popover.getByRole('dialog')).toContainText('from its own servers');
  await look(popover, 'tools-cursor-light');
  await popover.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await popover.getByRole('button', { name: 'Show how: JetBrains' }).click();
  await expect(popover.getByRole('dialog')).not.toContainText(LOCAL_KEY);
  await look(popover, 'tools-by-hand-light');
});

test('the demo changes no tool’s settings, and says so', async ({ launch, home }) => {
  const file = await claudeSettings(home, BEFORE);
  const { popover } = await launch({ args: ['--demo'], settings: { theme: 'light' } });
  await proxyIs(popover, 'running');
  await clickTray();
  await popover.getByRole('button', { name: 'Connect a tool', exact: true }).click();
  await expect(popover.getByText('The demo leaves your tools’ settings alone.')).toBeVisible();
  await look(popover, 'tools-demo-light');
  await expect(ask(popover, 'tools:plan', { id: 'claude-code', action: 'connect', force: false })).rejects.toThrow(
    'The demo does not change the settings of tools.',
  );
  expect(await readFile(file, 'utf8')).toBe(BEFORE);
});
