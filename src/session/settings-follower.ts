import { type MeshbarError, toMeshbarError } from '../shared/errors.js';
import { withNewest } from './refresh.js';
import type { Rotations } from './rotations.js';
import type { SavedUser } from './settings.js';
import type { SettingsFile } from './settings-file.js';

/** The active user of the settings file, whoever changes it. */
export interface SettingsFollower {
  /** As last read, with the newest session known of. */
  readonly user: SavedUser | undefined;
  /** Why it could not be read the last time; what was read before that goes on being good. */
  readonly unreadable: MeshbarError | undefined;
  /** The file shows a session that this process has replaced. */
  readonly reverted: boolean;
  /** Resolves when the file has been read once. */
  load(): Promise<void>;
  /** Reads it again. */
  reload(): Promise<void>;
  /** To be called when it may have changed, and now and then: reads it again if it has, as far as that shows. */
  look(): void;
}

export function createSettingsFollower(file: SettingsFile, rotations: Rotations, onRead: () => void): SettingsFollower {
  let user: SavedUser | undefined;
  let unreadable: MeshbarError | undefined;
  let reverted = false;
  let loaded: Promise<void> | undefined;
  let reading: Promise<void> | undefined;
  let nextRead: Promise<void> | undefined;
  /** Of the file as it was before it was last read; undefined: it may have changed since without showing it. */
  let stamp: string | undefined;

  async function read(): Promise<void> {
    const before = file.stamp();
    const mayChangeUnseen = file.isFreshlyWritten();
    try {
      const saved = (await file.read()).activeUser;
      user = withNewest(saved, rotations);
      reverted = user !== saved;
      unreadable = undefined;
    } catch (error) {
      unreadable = toMeshbarError(error);
    }
    stamp = mayChangeUnseen ? undefined : before;
    onRead();
  }

  /** A read that is under way may have begun before what the caller wants to see was written: another one follows. */
  function reload(): Promise<void> {
    nextRead ??= (reading ?? Promise.resolve()).then(() => {
      reading = nextRead;
      nextRead = undefined;
      return read();
    });
    loaded ??= nextRead;
    return nextRead;
  }

  return {
    get user() {
      return user;
    },
    get unreadable() {
      return unreadable;
    },
    get reverted() {
      return reverted;
    },
    load: () => loaded ?? reload(),
    reload,
    look() {
      if (loaded && (stamp === undefined || file.stamp() !== stamp)) void reload();
    },
  };
}
