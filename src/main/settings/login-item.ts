import os from 'node:os';
import { app } from 'electron';
import { ownAppImage } from '../app/app-image.js';
import { hasLoginEntry, loginEntryFile, removeLoginEntry, writeLoginEntry } from './login-entry.js';

export interface LoginItem {
  /** What the system has: the user may change that there, too. */
  readonly isOn: boolean;
  /** Rejects where the system does not let us. */
  set(on: boolean): Promise<void>;
}

/** Whether the app starts with the login. */
export function createLoginItem(): LoginItem {
  if (process.platform === 'linux') {
    const file = loginEntryFile(process.env, os.homedir());
    return {
      get isOn() {
        return hasLoginEntry(file);
      },
      async set(on) {
        if (on) await writeLoginEntry(file, command());
        else removeLoginEntry(file);
      },
    };
  }
  const [program = process.execPath, ...args] = command();
  const where = process.platform === 'win32' ? { path: program, args: args.map((arg) => `"${arg}"`) } : {};
  return {
    get isOn() {
      return app.getLoginItemSettings(where).openAtLogin;
    },
    async set(on) {
      app.setLoginItemSettings({ openAtLogin: on, ...where });
    },
  };
}

/** What starts this app again: an AppImage runs from a mount that is gone after it; a checkout has Electron run it. */
function command(): readonly string[] {
  const appImage = ownAppImage(process.env, process.execPath);
  if (appImage) return [appImage];
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()];
}
