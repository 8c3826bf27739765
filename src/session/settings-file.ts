import { access, chmod, constants, mkdir, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isFreshlyWritten, stampOf } from '../files/file-stamp.js';
import { createFilesWatch, type FilesWatch } from '../files/files-watch.js';
import { takeLock } from '../files/lock.js';
import { replaceFile } from '../files/replace-file.js';
import { codeOf, writeFault } from '../files/write-fault.js';
import { MeshbarError } from '../shared/errors.js';
import { asObject, type JsonObject, LOCAL_USER, parseSettings, type SavedSettings } from './settings.js';

/** `~/.meshagent/settings.json` and its older forms, shared with the `meshagent` command. */
export interface SettingsFile {
  readonly path: string;
  /** See createFilesWatch(). */
  watch(onChange: () => void): FilesWatch;
  /** Changes whenever the file does, as far as that shows without reading it. */
  stamp(): string;
  /** See isFreshlyWritten(). */
  isFreshlyWritten(): boolean;
  /** What is there; a missing file is empty settings. Throws MeshbarError settings_unreadable. */
  read(): Promise<SavedSettings>;
  /**
   * Reads the file again under lock, lets `change` edit it, and writes it whole: pretty-printed, keys sorted, mode 0600.
   * `change` returns false to leave the file as it is; it is called again, on fresh settings, if somebody who does not
   * take our lock wrote meanwhile. Throws settings_unreadable or settings_unwritable.
   */
  update(change: (settings: SavedSettings) => boolean): Promise<SavedSettings>;
  /**
   * Runs `work` while no other Meshbar does the same; the file itself stays free for updates. Throws settings_unwritable
   * without running it if what it finds could not be stored.
   */
  withRefreshLock<T>(work: () => Promise<T>): Promise<T>;
}

/** Longer than whoever refreshes under lock may wait for the service. */
const LOCK_TIMEOUT_MS = 40_000;
/** The `meshagent` command truncates the file and then writes it: in between it is empty or half there. */
const TORN_RETRIES = 12;
const TORN_RETRY_MS = 40;
const MAX_MERGES = 20;

export function createSettingsFile(homedir: string): SettingsFile {
  const folder = path.join(homedir, '.meshagent');
  const file = path.join(folder, 'settings.json');
  const legacySession = path.join(folder, 'session.json');
  const legacyProject = path.join(folder, 'project.json');

  async function readText(name: string): Promise<string | undefined> {
    try {
      await tighten(name, 0o077);
      return await readFile(name, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw new MeshbarError('settings_unreadable', { why: 'read', file: name, reason: codeOf(error) });
    }
  }

  async function readJson(name: string): Promise<JsonObject | undefined> {
    for (let attempt = 1; ; attempt++) {
      const text = await readText(name);
      if (text === undefined) return undefined;
      const torn = attempt <= TORN_RETRIES && isFreshlyWritten(name);
      // A file that stays empty holds nothing that writing could destroy.
      if (text.trim() === '' && !torn) return {};
      const value = parseJson(text);
      if (value) return value;
      if (!torn) {
        throw new MeshbarError('settings_unreadable', { why: 'json', file: name });
      }
      await delay(TORN_RETRY_MS);
    }
  }

  async function read(): Promise<SavedSettings> {
    const settings = await readJson(file);
    if (settings) return parseSettings(settings);
    const session = await readJson(legacySession);
    const project = await readJson(legacyProject);
    if (!session && !project) return parseSettings({});
    return parseSettings({
      active_user_id: LOCAL_USER,
      users: { [LOCAL_USER]: { ...(session && { session }), ...(project && { project }) } },
    });
  }

  async function prepareFolders(): Promise<void> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await tighten(folder, 0o077);
      await access(folder, constants.W_OK);
      await access(path.dirname(await targetOf(file)), constants.W_OK);
    } catch (error) {
      throw unwritable(file, error);
    }
  }

  async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
    await prepareFolders();
    const release = await takeLock(name, LOCK_TIMEOUT_MS).catch((error: unknown) => {
      throw unwritable(file, error);
    });
    try {
      return await work();
    } finally {
      await release().catch(() => {});
    }
  }

  return {
    path: file,
    read,
    watch: (onChange) =>
      createFilesWatch(
        file,
        [legacySession, legacyProject].map((name) => path.basename(name)),
        onChange,
      ),
    stamp: () => stampOf(file) || `${stampOf(legacySession)} ${stampOf(legacyProject)}`,
    isFreshlyWritten: () => isFreshlyWritten(file),
    update(change) {
      return locked(file, async () => {
        for (let attempt = 1; ; attempt++) {
          const before = stampOf(file);
          const settings = await read();
          if (!change(settings)) return settings;
          // A link to a file elsewhere (dotfiles in a repository) stays a link.
          const target = await targetOf(file);
          const stillWanted = () => attempt === MAX_MERGES || stampOf(file) === before;
          const replaced = await replaceFile(target, textOf(settings.raw), stillWanted).catch((error: unknown) => {
            throw unwritable(file, error);
          });
          if (!replaced) continue;
          if (before === '') await removeLegacy([legacySession, legacyProject]);
          return settings;
        }
      });
    },
    withRefreshLock: (work) => locked(`${file}.refresh`, work),
  };
}

/** What they held is in settings.json now; left behind, they would keep a session alive that was signed out. */
async function removeLegacy(files: readonly string[]): Promise<void> {
  for (const name of files) await rm(name, { force: true }).catch(() => {});
}

/** Where a link leads, also one that leads to nothing yet. */
async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const link = await readlink(file).catch(() => undefined);
    return link === undefined ? file : path.resolve(path.dirname(file), link);
  }
}

/** Takes permissions away, never adds any: a folder its owner made read-only stays so. */
async function tighten(name: string, forbidden: number): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(name);
  // Not ours to change: what can be read is read all the same.
  if ((mode & forbidden) !== 0) await chmod(name, mode & 0o7777 & ~forbidden).catch(() => {});
}

function unwritable(file: string, error: unknown): MeshbarError {
  return new MeshbarError('settings_unwritable', { file, fault: writeFault(error) });
}

/** Undefined for what is no JSON object. The parser's own message would quote the file, which holds secrets. */
function parseJson(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return undefined;
  }
}

/** ASCII alone, so that a reader in any code page gets the same text. */
function textOf(raw: JsonObject): string {
  const text = JSON.stringify(sortKeys(raw), null, 2);
  return `${text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as JsonObject;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, sortKeys(object[key])]),
  );
}
