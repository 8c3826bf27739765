import { toMeshbarError } from '../../shared/errors.js';
import type { Statement } from '../../words/index.js';
import { say } from '../../words/say.js';
import type { LoginItem } from './login-item.js';
import type { SettingsStore } from './settings.js';

export interface LaunchAtLoginOptions {
  readonly settings: SettingsStore;
  readonly loginItem: LoginItem;
  readonly onProblem: (problem: Statement) => void;
}

/** Keeps the setting and the system the same: the setting shows what the system has, and what a person chooses is tried. */
export function registerLaunchAtLogin({ settings, loginItem, onProblem }: LaunchAtLoginOptions): void {
  /** The user may have changed that in the system's own settings: those have the last word. */
  function asTheSystem(): void {
    if (settings.current.launchAtLogin === loginItem.isOn) return;
    try {
      settings.change({ launchAtLogin: loginItem.isOn });
    } catch (error) {
      onProblem(toMeshbarError(error).facts);
    }
  }
  asTheSystem();
  settings.onChange(({ launchAtLogin }, before) => {
    if (launchAtLogin === before.launchAtLogin || launchAtLogin === loginItem.isOn) return;
    loginItem
      .set(launchAtLogin)
      .catch((error: Error) => {
        onProblem(say('settings.launchAtLogin.refused', { reason: error.message }));
      })
      .finally(asTheSystem);
  });
}
