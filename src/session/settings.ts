import { MeshbarError } from '../shared/errors.js';

/**
 * The shared settings as a value. Only what Meshbar needs is looked at, tolerantly; everything else in the file, known
 * or not, is kept as it came.
 */

export interface JsonObject {
  [key: string]: unknown;
}

export interface SavedSession {
  /** Undefined: only a refresh token is left. */
  readonly accessToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** Unix seconds; undefined: unknown. */
  readonly expiresAt: number | undefined;
}

export interface SavedUser {
  readonly id: string;
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly apiUrl: string | undefined;
  readonly session: SavedSession | undefined;
  readonly activeProject: string | undefined;
  readonly localKey: string | undefined;
}

/** The entry of a session whose owner is not known yet. */
export const LOCAL_USER = '__local__';

export interface SavedSettings {
  /** The file's whole object; edits go here. */
  readonly raw: JsonObject;
  /** The user whose session counts, by the rule of the `meshagent` command. */
  readonly activeUser: SavedUser | undefined;
  readonly users: readonly SavedUser[];
}

/** Takes whatever JSON object the file held; what has the wrong type counts as missing. */
export function parseSettings(raw: JsonObject): SavedSettings {
  return {
    raw,
    get activeUser() {
      return activeUserOf(raw);
    },
    get users() {
      return Object.entries(asObject(raw.users) ?? {}).map(([id, value]) => parseUser(id, value));
    },
  };
}

function activeUserOf(raw: JsonObject): SavedUser | undefined {
  const users = asObject(raw.users);
  if (!users) return undefined;
  const ids = Object.keys(users);
  const active = asText(raw.active_user_id);
  const id =
    active !== undefined && Object.hasOwn(users, active)
      ? active
      : Object.hasOwn(users, LOCAL_USER)
        ? LOCAL_USER
        : ids.length === 1
          ? ids[0]
          : undefined;
  return id === undefined ? undefined : parseUser(id, users[id]);
}

function parseUser(id: string, value: unknown): SavedUser {
  const user = asObject(value) ?? {};
  const profile = asObject(user.profile);
  const session = asObject(user.session);
  const project = asObject(user.project);
  const name = [asText(profile?.first_name), asText(profile?.last_name)].filter((part) => part !== undefined).join(' ');
  return {
    id,
    email: asText(profile?.email),
    name: name === '' ? undefined : name,
    apiUrl: asText(user.api_url),
    session: session && parseSession(session),
    activeProject: asText(project?.active_project),
    localKey: asText(project?.llm_proxy_bearer_token),
  };
}

function parseSession(session: JsonObject): SavedSession | undefined {
  const accessToken = asText(session.access_token);
  const refreshToken = asText(session.refresh_token);
  if (accessToken === undefined && refreshToken === undefined) return undefined;
  const expiresAt = typeof session.expires_at === 'number' ? session.expires_at : undefined;
  return { accessToken, refreshToken, expiresAt };
}

/**
 * The raw entry of a user, made if it is missing, for edits. Throws settings_unreadable where `users` holds something
 * else than users: writing would destroy what we do not understand.
 */
export function rawUser(settings: SavedSettings, id: string): JsonObject {
  const { users } = settings.raw;
  if (users !== undefined && users !== null && !asObject(users)) {
    throw new MeshbarError('settings_unreadable', { why: 'users', file: 'settings.json' });
  }
  const entries = childObject(settings.raw, 'users');
  return childObject(entries, id);
}

/** An object below `parent`, made if there is none. */
export function childObject(parent: JsonObject, key: string): JsonObject {
  const existing = Object.hasOwn(parent, key) ? asObject(parent[key]) : undefined;
  if (existing) return existing;
  const created: JsonObject = {};
  // Defined, not assigned: a key such as "__proto__" must become a key.
  Object.defineProperty(parent, key, { value: created, writable: true, enumerable: true, configurable: true });
  return created;
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
