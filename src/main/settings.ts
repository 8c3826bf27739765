import Store from 'electron-store';
import { DEFAULT_SETTINGS, SETTINGS, type Settings } from '../shared/settings.js';

export interface SettingsStore {
  readonly current: Settings;
  readonly setAside: string | undefined;
  change(changes: Partial<Settings>): Settings;
}

export function createSettings(folder: string): SettingsStore {
  const store = new Store<Settings>({ cwd: folder, name: 'settings', defaults: DEFAULT_SETTINGS });
  let current = SETTINGS.parse(store.store);
  return {
    get current() {
      return current;
    },
    setAside: undefined,
    change(changes) {
      current = SETTINGS.parse({ ...current, ...changes });
      store.store = current;
      return current;
    },
  };
}
