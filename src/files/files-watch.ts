import { type FSWatcher, lstatSync, realpathSync, statSync, watch } from 'node:fs';
import path from 'node:path';

/** The system's word that files changed: by this machine, not by another one that has the same drive. */
export interface FilesWatch {
  /** False where a folder is missing, a link leads nowhere, or the system has no more watches to give: then somebody has to look. */
  readonly isWatching: boolean;
  /** Watches what is not watched yet, or has been replaced. To be called now and then: not every system tells that. */
  renew(): void;
  close(): void;
}

/**
 * Watches `file`, also where a link leads elsewhere, and `others` by name in the same folder. Folders are watched, not files:
 * a file that is replaced by a rename would be lost sight of. `onChange` may be called several times for one change, and
 * without one. Keeps no process alive.
 */
export function createFilesWatch(file: string, others: readonly string[], onChange: () => void): FilesWatch {
  let watchers = new Map<string, FSWatcher>();
  let isWatching = false;

  /** Real folders, and the names in them that count. */
  function places(): Map<string, Set<string>> {
    const folder = realpathSync.native(path.dirname(file));
    const found = new Map([[folder, new Set([path.basename(file), ...others])]]);
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) {
      const target = realpathSync.native(file);
      const names = found.get(path.dirname(target)) ?? new Set();
      found.set(path.dirname(target), names.add(path.basename(target)));
    }
    return found;
  }

  function renew(): void {
    const kept = new Map<string, FSWatcher>();
    try {
      for (const [place, names] of places()) {
        const { dev, ino } = statSync(place);
        const key = [dev, ino, place, ...names].join('\n');
        kept.set(key, watchers.get(key) ?? open(place, names));
      }
      isWatching = true;
    } catch {
      isWatching = false;
    }
    for (const [key, watcher] of watchers) if (kept.get(key) !== watcher) watcher.close();
    watchers = kept;
  }

  function open(place: string, names: ReadonlySet<string>): FSWatcher {
    const watcher = watch(place, { persistent: false }, (_event, name) => {
      // Told under its own name, the folder itself was moved or removed: another one may stand there now.
      if (name === null || name === path.basename(place)) forget();
      else if (!names.has(name)) return;
      onChange();
    });
    // A folder that is removed, on Windows.
    watcher.on('error', () => {
      forget();
      onChange();
    });
    return watcher;
  }

  function forget(): void {
    for (const watcher of watchers.values()) watcher.close();
    watchers = new Map();
    isWatching = false;
  }

  return {
    get isWatching() {
      return isWatching;
    },
    renew,
    close: forget,
  };
}
