import { BrowserWindow, type WebContents } from 'electron';
import type { AppState } from '../../shared/ipc.js';
import { push } from './ipc.js';

/**
 * Gives what to call when something of the app's state may have changed. Each window is told once for all that changes
 * in one turn, and only if its state differs from what it was told last; hidden ones too, so that they open as they are.
 */
export function createStatePushes(stateFor: (sender: WebContents) => AppState): () => void {
  const last = new WeakMap<WebContents, string>();
  let isDue = false;

  function send(): void {
    isDue = false;
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const state = stateFor(webContents);
      const text = JSON.stringify(state);
      if (last.get(webContents) === text) continue;
      last.set(webContents, text);
      push(webContents, 'push:state', state);
    }
  }

  return () => {
    if (!isDue) setImmediate(send);
    isDue = true;
  };
}
