import path from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';

/** What every window of ours is made with: nothing of Node, nothing but the bridge. */
export const WINDOW: BrowserWindowConstructorOptions = {
  width: 400,
  height: 640,
  show: false,
  webPreferences: {
    preload: path.join(__dirname, '../preload/index.cjs'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
  },
};
