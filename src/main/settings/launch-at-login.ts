import { toMeshbarError } from '../../shared/errors.js';
import { sentenceOf } from '../notices/app-words.js';
import type { LoginItem } from './login-item.js';
import type { SettingsStore } from './settings.js';

export interface LaunchAtLoginOptions {
  readonly settings: SettingsStore;
  readonly loginItem: LoginItem;
  readonly onProblem: (message: string) => void;
}

/** Keeps the setting and the system as one: what the system has is said, and what a person chooses is tried. */
export function registerLaunchAtLogin({ settings, loginItem, onProblem }: LaunchAtLoginOptions): void {
  /** The user may have changed that in the system's own settings: those have the last word. */
  function asTheSystem(): void {
    if (settings.current.launchAtLogin === loginItem.isOn) return;
    try {
      settings.change({ launchAtLogin: loginItem.isOn });
    } catch (error) {
      onProblem(sentenceOf(toMeshbarError(error).toInfo()));
    }
  }
  asTheSystem();
  settings.onChange(({ launchAtLogin }, before) => {
    if (launchAtLogin === before.launchAtLogin || launchAtLogin === loginItem.isOn) return;
    loginItem
      .set(launchAtLogin)
      .catch((error: Error) => {
        onProblem(`The system does not let Meshbar start with the login: ${error.message}`);
      })
      .finally(asTheSystem);
  });
}
