import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createSession, type SessionOptions } from '../../src/session/create-session.js';
import type { Session } from '../../src/session/session.js';
import { DEFAULT_CONFIG, type ProxyConfig } from '../../src/settings/config.js';

export interface SavedFile {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about.
  [key: string]: any;
}

/** A home folder of its own, with or without `~/.meshagent/settings.json`. */
export interface SessionHome {
  readonly dir: string;
  readonly folder: string;
  readonly file: string;
  /** The file as it is. */
  text(): Promise<string>;
  json(): Promise<SavedFile>;
  /** Replaces the file in one step, as Meshbar does. */
  replace(value: unknown): Promise<void>;
  /** Writes the file where it is, as the `meshagent` command does. */
  overwrite(value: unknown): Promise<void>;
  /** A session on this home, with nothing from the environment; closed with the home. */
  session(options?: Partial<SessionOptions> & { overrides?: Partial<ProxyConfig> }): Session;
  remove(): Promise<void>;
}

const UNPRIVILEGED = 65534;

export async function makeHome(settings?: unknown): Promise<SessionHome> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'meshbar-home-'));
  const folder = path.join(dir, '.meshagent');
  const file = path.join(folder, 'settings.json');
  const sessions: Session[] = [];
  await mkdir(folder, { mode: 0o700 });
  const home: SessionHome = {
    dir,
    folder,
    file,
    text: () => readFile(file, 'utf8'),
    json: async () => JSON.parse(await readFile(file, 'utf8')),
    async replace(value) {
      const temporary = path.join(dir, `.${randomBytes(6).toString('hex')}`);
      await writeFile(temporary, JSON.stringify(value), { mode: 0o600 });
      await rename(temporary, file);
    },
    overwrite: (value) => writeFile(file, JSON.stringify(value), { mode: 0o600 }),
    session({ overrides = {}, ...options } = {}) {
      const config = { ...DEFAULT_CONFIG, ...overrides };
      const session = createSession({ env: {}, homedir: dir, config, tickMs: 50, restMs: 50, ...options });
      sessions.push(session);
      return session;
    },
    async remove() {
      await Promise.all(sessions.map((session) => session.close()));
      // A proxy that is ending may still write there.
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  if (settings !== undefined) await home.replace(settings);
  return home;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
}

/** Settings with one user who is signed in; `leftSeconds` until the access token is noted to end. */
export function signedIn(apiUrl: string, tokens: Tokens, leftSeconds = 3600): SavedFile {
  return {
    active_user_id: 'usr_1',
    users: {
      usr_1: {
        profile: { id: 'usr_1', first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' },
        api_url: apiUrl,
        session: {
          access_token: tokens.accessToken,
          refresh_token: tokens.refreshToken ?? null,
          expires_at: Math.floor(Date.now() / 1000) + leftSeconds,
          token_type: 'Bearer',
          scope: null,
          id_token: null,
        },
        project: { active_project: 'prj_simulated', active_api_keys: {}, llm_proxy_bearer_token: 'local-key' },
      },
    },
  };
}

/** Runs `work` without root's power to ignore permissions; the home becomes the other user's. */
export async function unprivileged<T>(home: SessionHome, work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  for (const name of [home.dir, home.folder]) await chown(name, UNPRIVILEGED, UNPRIVILEGED);
  await chown(home.file, UNPRIVILEGED, UNPRIVILEGED).catch(() => {});
  process.seteuid?.(UNPRIVILEGED);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    await chmod(home.folder, 0o700).catch(() => {});
  }
}
