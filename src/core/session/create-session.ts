import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import os from 'node:os';
import { MeshbarError } from '../../shared/errors.js';
import { DEFAULT_API_URL, type ProxyConfig } from '../config.js';
import { isLoopbackUrl, refreshSession, type TokenAnswer, TokenRefusedError } from './oauth.js';
import type { UpstreamAccess, UpstreamAccessSource } from './session.js';
import { childObject, LOCAL_USER, rawUser, type SavedUser, type Settings } from './settings.js';
import { createSettingsFile } from './settings-file.js';

export interface SessionOptions {
  readonly config: ProxyConfig;
  readonly env?: NodeJS.ProcessEnv;
  readonly homedir?: string;
  readonly now?: () => number;
}

export interface Session extends UpstreamAccessSource {
  /** What clients show us, stored if it had to be made. */
  localKey(): Promise<{ key: string; source: string }>;
  /** In a person's words; never the token itself. */
  upstreamTokenSource(): Promise<string>;
  close(): void;
}

/** The session is refreshed when less than this is left. */
const REFRESH_AHEAD_SECONDS = 300;
/** What the service calls "in an hour" is taken as this much less. */
const EXPIRY_MARGIN_SECONDS = 30;
/** How often a change of the settings file from outside is looked for. */
const WATCH_INTERVAL_MS = 1000;
const OFFLINE_BACKOFF_MS = 2000;
export const INSECURE_KEY = 'meshagent-insecure';

/**
 * The MeshAgent session as the proxy needs it: which token, which project, which address; refreshed ahead of its expiry,
 * once however many requests wait. Sources in the order of the `meshagent` command.
 */
export function createSession(options: SessionOptions): Session {
  const { config } = options;
  const env = options.env ?? process.env;
  const now = options.now ?? Date.now;
  const file = createSettingsFile(options.homedir ?? os.homedir());
  let cached: { access: UpstreamAccess; freshUntil: number } | undefined;
  let refreshing: Promise<UpstreamAccess> | undefined;
  /** A refresh token the service has refused: not asked again until another one stands in the file. */
  let refusedRefreshToken: string | undefined;
  let offlineUntil = 0;

  let stamp = stampOf(file.path);
  const watcher = setInterval(() => {
    const current = stampOf(file.path);
    if (current === stamp) return;
    stamp = current;
    cached = undefined;
  }, WATCH_INTERVAL_MS);
  watcher.unref();

  function environmentToken(): { name: string; token: string } | undefined {
    if (config.tokenFromEnv !== undefined) {
      const token = env[config.tokenFromEnv];
      if (token) return { name: config.tokenFromEnv, token };
      throw new MeshbarError('no_upstream_token', `The environment variable ${config.tokenFromEnv} is not set.`, {
        hint: 'Set it, or leave out --token-from-env.',
      });
    }
    return env.MESHAGENT_TOKEN ? { name: 'MESHAGENT_TOKEN', token: env.MESHAGENT_TOKEN } : undefined;
  }

  function baseUrlOf(user: SavedUser | undefined): string {
    const given = config.apiUrl || env.MESHAGENT_API_URL || user?.apiUrl || DEFAULT_API_URL;
    if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
      throw new MeshbarError('invalid_option', 'The MeshAgent API URL is not a valid http or https URL.', {
        hint: 'Check --api-url, MESHAGENT_API_URL and api_url in ~/.meshagent/settings.json.',
      });
    }
    // The upstream token goes there: in the clear only on this machine.
    if (new URL(given).protocol === 'http:' && !isLoopbackUrl(given)) {
      throw new MeshbarError('invalid_option', 'The MeshAgent API URL must be https, except on this machine.', {
        hint: 'Your session would cross the network unencrypted.',
      });
    }
    return given.replace(/\/+$/, '');
  }

  function projectOf(user: SavedUser | undefined): string {
    const projectId = config.projectId || env.MESHAGENT_PROJECT_ID || user?.activeProject;
    if (projectId) return projectId;
    throw new MeshbarError('no_project', 'No MeshAgent project is chosen.', {
      hint: 'Pass --project-id, set MESHAGENT_PROJECT_ID, or run `meshagent project activate`.',
    });
  }

  function isFresh(session: NonNullable<SavedUser['session']>): boolean {
    return session.expiresAt !== undefined && session.expiresAt - now() / 1000 >= REFRESH_AHEAD_SECONDS;
  }

  function remember(user: SavedUser, session: NonNullable<SavedUser['session']>): UpstreamAccess {
    const access = {
      baseUrl: baseUrlOf(user),
      upstreamToken: session.accessToken,
      projectId: projectOf(user),
    };
    const freshUntil = session.expiresAt === undefined ? now() : (session.expiresAt - REFRESH_AHEAD_SECONDS) * 1000;
    cached = { access, freshUntil };
    return access;
  }

  /** Reads the file and gives its session, refreshed if it is about to end or was refused. */
  async function load(refusedToken: string | undefined): Promise<UpstreamAccess> {
    const settings = await file.read();
    const user = settings.activeUser;
    const session = user?.session;
    if (!user || !session) throw signedOut();
    if (isFresh(session) && session.accessToken !== refusedToken) return remember(user, session);
    return refresh(refusedToken);
  }

  async function refresh(refusedToken: string | undefined): Promise<UpstreamAccess> {
    let access: UpstreamAccess | undefined;
    await file.update(async (settings) => {
      const user = settings.activeUser;
      const session = user?.session;
      if (!user || !session) throw signedOut();
      // Another process may have refreshed while we waited for the lock: its session is the newer one.
      if (isFresh(session) && session.accessToken !== refusedToken) {
        access = remember(user, session);
        return false;
      }
      const usable = session.accessToken !== refusedToken && (session.expiresAt ?? 0) > now() / 1000;
      if (session.refreshToken === undefined || session.refreshToken === refusedRefreshToken) {
        if (!usable) throw expired();
        access = remember(user, session);
        return false;
      }
      try {
        const answer = await refreshSession(baseUrlOf(user), session.refreshToken, env);
        access = remember(user, store(settings, user, answer));
        return true;
      } catch (error) {
        if (error instanceof TokenRefusedError) refusedRefreshToken = session.refreshToken;
        else offlineUntil = now() + OFFLINE_BACKOFF_MS;
        if (usable) {
          access = remember(user, session);
          return false;
        }
        throw error instanceof TokenRefusedError ? expired() : offline();
      }
    });
    stamp = stampOf(file.path);
    return access as UpstreamAccess;
  }

  function store(settings: Settings, user: SavedUser, answer: TokenAnswer) {
    const saved = childObject(rawUser(settings, user.id), 'session');
    const expiresAt =
      answer.expiresIn === undefined ? undefined : Math.floor(now() / 1000) + answer.expiresIn - EXPIRY_MARGIN_SECONDS;
    saved.access_token = answer.accessToken;
    if (answer.refreshToken !== undefined) saved.refresh_token = answer.refreshToken;
    saved.expires_at = expiresAt ?? null;
    saved.token_type = answer.tokenType ?? saved.token_type ?? 'Bearer';
    if (answer.scope !== undefined) saved.scope = answer.scope;
    if (answer.idToken !== undefined) saved.id_token = answer.idToken;
    return { accessToken: answer.accessToken, refreshToken: answer.refreshToken, expiresAt };
  }

  /** However many wait, one of them asks. */
  function once(refusedToken: string | undefined): Promise<UpstreamAccess> {
    refreshing ??= load(refusedToken).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  async function environmentAccess(upstreamToken: string): Promise<UpstreamAccess> {
    const user = await file.read().then(
      (settings) => settings.activeUser,
      () => undefined,
    );
    const access = { baseUrl: baseUrlOf(user), upstreamToken, projectId: projectOf(user) };
    cached = { access, freshUntil: Number.POSITIVE_INFINITY };
    return access;
  }

  return {
    access() {
      if (cached && now() < cached.freshUntil) return cached.access;
      const fromEnvironment = environmentToken();
      if (fromEnvironment) return environmentAccess(fromEnvironment.token);
      if (cached === undefined && now() < offlineUntil) throw offline();
      return once(undefined);
    },
    async accessAfterRefusal(refusedToken) {
      if (environmentToken()) return undefined;
      if (cached && cached.access.upstreamToken !== refusedToken) return cached.access;
      cached = undefined;
      return once(refusedToken).catch(() => undefined);
    },
    async localKey() {
      if (config.insecure) return { key: INSECURE_KEY, source: 'none: local keys are off (--insecure)' };
      if (config.bearer !== undefined) return { key: config.bearer, source: '--bearer' };
      const key = randomBytes(32).toString('base64url');
      let result = { key, source: `generated and stored in ${file.path}` };
      await file.update((settings) => {
        const user = settings.activeUser;
        if (user?.localKey !== undefined) {
          result = { key: user.localKey, source: file.path };
          return false;
        }
        childObject(rawUser(settings, user?.id ?? LOCAL_USER), 'project').llm_proxy_bearer_token = key;
        return true;
      });
      stamp = stampOf(file.path);
      return result;
    },
    async upstreamTokenSource() {
      const fromEnvironment = environmentToken();
      if (fromEnvironment) return `the environment variable ${fromEnvironment.name}`;
      const user = (await file.read()).activeUser;
      return `the session of ${user?.email ?? 'this machine'} in ${file.path}`;
    },
    close() {
      clearInterval(watcher);
    },
  };
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
}

function signedOut(): MeshbarError {
  return new MeshbarError('no_upstream_token', 'You are not signed in to MeshAgent.', {
    hint: 'Run `meshagent setup`, or set MESHAGENT_TOKEN and MESHAGENT_PROJECT_ID.',
  });
}

function expired(): MeshbarError {
  return new MeshbarError('session_expired', 'Your MeshAgent session has ended.', { hint: 'Sign in again.' });
}

function offline(): MeshbarError {
  return new MeshbarError('session_offline', 'MeshAgent could not be reached to refresh your session.', {
    hint: 'Check the network or VPN; the next request tries again.',
  });
}
