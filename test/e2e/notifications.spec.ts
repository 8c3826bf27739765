import type { ElectronApplication } from '@playwright/test';
import { anthropicClient } from '../compat/clients.js';
import { ask, expect, LOCAL_KEY, proxyIs, test } from './fixtures.js';

const message = {
  model: 'claude-haiku-4-5',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'hello' }],
};

for (const isFocused of [true, false]) {
  test(`a session that ends is ${isFocused ? 'not notified' : 'notified'} while the window ${isFocused ? 'has' : 'lies behind others, without'} the focus`, async ({
    launch,
    simulator,
  }) => {
    const { app, popover, url } = await launch();
    await proxyIs(popover, 'running');
    const titles = await catchNotifications(app);
    await ask(popover, 'window:pop-out', undefined);
    await expect.poll(() => focusOf(app)).toBe('focused');
    if (!isFocused) {
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.blur());
      await expect.poll(() => focusOf(app)).toBe('visible');
    }
    simulator.revoke();
    await expect(anthropicClient({ url }, { key: LOCAL_KEY }).messages.create(message)).rejects.toThrow();
    await expect.poll(async () => (await ask(popover, 'app:state', undefined)).session.status).toBe('expired');
    expect(await titles()).toEqual(isFocused ? [] : ['Session ended']);
  });
}

/** Stands for the system's own list, which a bare display does not have. Gives what reads the titles. */
async function catchNotifications(app: ElectronApplication): Promise<() => Promise<string[]>> {
  const titles = await app.evaluateHandle(({ Notification }) => {
    const shown: string[] = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      shown.push(this.title);
    };
    return shown;
  });
  return () => titles.jsonValue();
}

function focusOf(app: ElectronApplication): Promise<'focused' | 'visible' | 'hidden'> {
  return app.evaluate(({ BrowserWindow }) => {
    if (BrowserWindow.getFocusedWindow()) return 'focused';
    return BrowserWindow.getAllWindows().some((window) => window.isVisible()) ? 'visible' : 'hidden';
  });
}
