/** Threat: a page that is not ours has come into a window with our preload script, and asks as our own page does. */
import path from 'node:path';
import { expect, proxyIs, test } from './fixtures.js';

const PRELOAD = path.resolve(import.meta.dirname, '../../out/preload/index.cjs');

test('a page that is not ours is refused', async ({ launch }) => {
  const { app, popover } = await launch();
  await proxyIs(popover, 'running');
  const answer = await app.evaluate(async ({ BrowserWindow }, preload) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, contextIsolation: true, sandbox: true },
    });
    await window.loadURL('about:blank');
    const script = `window.meshbar.request('proxy:stop', { now: true })`;
    return (await window.webContents.executeJavaScript(script)) as unknown;
  }, PRELOAD);
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_option' } });
  await proxyIs(popover, 'running');
});
