import { app, BrowserWindow, type WebContents } from 'electron';

/** The pages of all windows, shown or not. */
export function allPages(): readonly WebContents[] {
  return BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
}

export function visiblePages(): readonly WebContents[] {
  return BrowserWindow.getAllWindows()
    .filter((window) => window.isVisible())
    .map(({ webContents }) => webContents);
}

/** A window that is shown may lie behind others for days. */
export function isAnyFocused(): boolean {
  return BrowserWindow.getFocusedWindow() !== null;
}

/** Calls `listener` each time one of the windows made from now on is shown. */
export function onWindowShown(listener: () => void): void {
  app.on('browser-window-created', (_event, window) => window.on('show', listener));
}
