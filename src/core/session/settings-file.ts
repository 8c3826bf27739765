import { chmod, mkdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { MeshbarError } from '../../shared/errors.js';
import { type JsonObject, parseSettings, type Settings } from './settings.js';

/** `~/.meshagent/settings.json` and its older forms, shared with the `meshagent` command. */
export interface SettingsFile {
  readonly path: string;
  /** What stands there; a missing file is empty settings. Throws MeshbarError settings_unreadable. */
  read(): Promise<Settings>;
  /**
   * Reads the file again under lock, lets `change` edit it, and writes it whole: pretty-printed, keys sorted, mode 0600.
   * `change` returns false to leave the file as it is. Throws settings_unreadable or settings_unwritable.
   */
  update(change: (settings: Settings) => boolean | Promise<boolean>): Promise<Settings>;
}

const LOCK = { stale: 20_000, retries: { retries: 60, minTimeout: 50, maxTimeout: 500 } };

export function createSettingsFile(homedir: string): SettingsFile {
  const folder = path.join(homedir, '.meshagent');
  const file = path.join(folder, 'settings.json');

  async function readText(name: string): Promise<string | undefined> {
    try {
      return await readFile(path.join(folder, name), 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw new MeshbarError('settings_unreadable', `${file} can't be read (${codeOf(error)}).`, {
        hint: 'Check its permissions.',
      });
    }
  }

  async function read(): Promise<Settings> {
    const text = await readText('settings.json');
    if (text !== undefined) return parseSettings(parseJson(text, file));
    const session = await readText('session.json');
    const project = await readText('project.json');
    if (session === undefined && project === undefined) return parseSettings({});
    return parseSettings({
      users: {
        __local__: {
          ...(session === undefined ? {} : { session: parseJson(session, path.join(folder, 'session.json')) }),
          ...(project === undefined ? {} : { project: parseJson(project, path.join(folder, 'project.json')) }),
        },
      },
    });
  }

  async function write(settings: Settings): Promise<void> {
    // A link to a file elsewhere (dotfiles in a repository) stays a link.
    const target = await realpath(file).catch(() => file);
    const text = `${JSON.stringify(sortKeys(settings.raw), null, 2)}\n`;
    await writeFileAtomic(target, text, { mode: 0o600, encoding: 'utf8' });
  }

  return {
    path: file,
    read,
    async update(change) {
      let release: (() => Promise<void>) | undefined;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await chmod(folder, 0o700);
        release = await lockfile.lock(folder, { ...LOCK, lockfilePath: path.join(folder, 'settings.json.lock') });
      } catch (error) {
        throw unwritable(file, error);
      }
      try {
        const settings = await read();
        if (!(await change(settings))) return settings;
        await write(settings).catch((error: unknown) => {
          throw unwritable(file, error);
        });
        return settings;
      } finally {
        await release().catch(() => {});
      }
    },
  };
}

function unwritable(file: string, error: unknown): MeshbarError {
  return new MeshbarError('settings_unwritable', `${file} can't be written (${codeOf(error)}).`, {
    hint: 'Check the permissions of its folder and the free space.',
  });
}

/** The parser's own message would quote the file, which holds secrets. */
function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MeshbarError('settings_unreadable', `${file} is not valid JSON; it is left as it is.`, {
      hint: 'Mend it or move it away, then sign in again.',
    });
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error';
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
