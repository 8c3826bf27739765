import { spawn } from 'node:child_process';
import type { ElectronApplication } from '@playwright/test';
import { ask, clickTray, desktop, expect, proxyIs, test } from './fixtures.js';
import { argumentsFor, electronPath, environmentFor } from './launch.js';

const visible = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));

test('the icon appears in the tray, and a click opens and closes the popover', async ({ launch }) => {
  const { app, popover } = await launch();
  await proxyIs(popover, 'running');
  expect(await visible(app)).toBe(false);
  await expect(clickTray()).resolves.toBeUndefined();
  await expect.poll(() => visible(app)).toBe(true);
  await clickTray();
  await expect.poll(() => visible(app)).toBe(false);
});

test('Escape closes the popover', async ({ launch }) => {
  const { app, popover } = await launch();
  await proxyIs(popover, 'running');
  await clickTray();
  await expect.poll(() => visible(app)).toBe(true);
  await desktop('xdotool', 'key', 'Escape');
  await expect.poll(() => visible(app)).toBe(false);
});

test('a second start opens the popover of the first one, and ends', async ({ launch, home }) => {
  const { app, popover } = await launch();
  await proxyIs(popover, 'running');
  const second = spawn(electronPath(), argumentsFor(), { env: environmentFor(home), stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect.poll(() => visible(app)).toBe(true);
  await proxyIs(popover, 'running');
});

test('a crashed renderer comes back and shows what is', async ({ launch }) => {
  const { app, popover } = await launch();
  await proxyIs(popover, 'running');
  const crashed = new Promise((resolve) => popover.once('crash', resolve));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await crashed;
  await expect
    .poll(() =>
      app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents || contents.isCrashed() || contents.isLoading()) return '';
        return contents.executeJavaScript('document.body.innerText') as Promise<string>;
      }),
    )
    .toMatch(/running/i);
});

test('a stopped proxy can be started, and a stop ends it', async ({ launch }) => {
  const { popover, url } = await launch({ settings: { autostart: false } });
  await proxyIs(popover, 'stopped');
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  await ask(popover, 'proxy:start', undefined);
  expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ ok: true, name: 'meshbar' });
  await ask(popover, 'proxy:stop', { now: false });
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});
