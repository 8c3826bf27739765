import path from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, screen } from 'electron';

/** What every window of ours is made with: nothing of Node, nothing but the bridge. */
export const WINDOW: BrowserWindowConstructorOptions = {
  show: false,
  title: 'Meshbar',
  webPreferences: {
    preload: path.join(__dirname, '../preload/index.cjs'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
  },
};

/** The page's own ground, so that nothing flashes before it is painted. */
export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#1c1d22' : '#fbfbfd';
}

/** Keeps the ground of all windows as the theme wants it. */
export function registerBackground(): void {
  nativeTheme.on('updated', () => {
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(backgroundColor());
  });
}

/** Calls `listener` when screens come, go or change. */
export function onScreens(listener: () => void): void {
  screen.on('display-added', listener);
  screen.on('display-removed', listener);
  screen.on('display-metrics-changed', listener);
}
