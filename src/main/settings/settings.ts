import { chmodSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import { writeFault } from '../../files/write-fault.js';
import type { Settings, StoredName } from '../../settings/app-settings.js';
import { MeshbarError } from '../../shared/errors.js';
import type { Statement } from '../../words/index.js';
import { say } from '../../words/say.js';
import { changedSettings, readSettings } from './values.js';

export interface SettingsStore {
  readonly current: Settings;
  /** Called after each change. Returns its unsubscribe. */
  onChange(listener: (after: Settings, before: Settings) => void): () => void;
  /**
   * All of the changes or, where they can't be had, none. Throws MeshbarError invalid_option, insecure_exposure,
   * collector_unencrypted or settings_unwritable.
   */
  change(changes: Partial<Settings>): Settings;
}

/**
 * The app's own settings: settings.json in `folder`, readable by its owner alone. Only what was changed is written, so
 * that other keys, and values that can't be used, stay as they are. `onProblem` gets each of those.
 */
export function createSettings(folder: string, onProblem: (problem: Statement) => void): SettingsStore {
  const file = path.join(folder, 'settings.json');
  const read = readSettings(readFile(file, onProblem));
  for (const name of read.unusable) {
    onProblem(say('settings.file.unusable', { name, file }));
  }
  // Made with the first change: it reads the file at once, and throws where that can't be done.
  let store: Store | undefined;
  const listeners = new Set<(after: Settings, before: Settings) => void>();
  let current = read.settings;
  return {
    get current() {
      return current;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(changes) {
      const before = current;
      const after = changedSettings(before, changes);
      const names = Object.keys(changes) as StoredName[];
      try {
        store ??= new Store({
          cwd: folder,
          name: 'settings',
          configFileMode: 0o600,
          accessPropertiesByDotNotation: false,
        });
        store.set(Object.fromEntries(names.map((name) => [name, after[name]])));
      } catch (cause) {
        throw new MeshbarError('settings_unwritable', { file, fault: writeFault(cause) }, { cause });
      }
      current = after;
      for (const listener of listeners) listener(after, before);
      return after;
    },
  };
}

/** Empty where the file holds no settings: then it is put aside. */
function readFile(file: string, onProblem: (problem: Statement) => void): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      onProblem(say('settings.file.unreadable', { file }));
    }
    return {};
  }
  try {
    // One that was written by hand, or before Meshbar took care of that.
    chmodSync(file, 0o600);
  } catch {
    // Another user's: who may read it is theirs to say.
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Reported below.
  }
  const setAside = `${file}.bad-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    renameSync(file, setAside);
  } catch {
    onProblem(say('settings.file.noSettings', { file }));
    return {};
  }
  onProblem(say('settings.file.setAside', { copy: setAside }));
  return {};
}
