/**
 * The shared settings as a value. Only what Meshbar needs is looked at, tolerantly; everything else in the file, known
 * or not, is kept as it came.
 */

export interface JsonObject {
  [key: string]: unknown;
}

export interface SavedSession {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Unix seconds; undefined: unknown. */
  readonly expiresAt: number | undefined;
}

export interface SavedUser {
  readonly id: string;
  readonly email: string | undefined;
  readonly apiUrl: string | undefined;
  readonly session: SavedSession | undefined;
  readonly activeProject: string | undefined;
  readonly localKey: string | undefined;
}

export const LOCAL_USER = '__local__';

export interface Settings {
  /** The file's whole object; edits go here. */
  readonly raw: JsonObject;
  /** The user whose session counts, by the rule of the `meshagent` command. */
  readonly activeUser: SavedUser | undefined;
}

/** Takes whatever JSON the file held; what has the wrong type counts as missing. */
export function parseSettings(value: unknown): Settings {
  const raw = asObject(value) ?? {};
  return {
    raw,
    get activeUser() {
      return activeUserOf(raw);
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
  const accessToken = asText(session?.access_token);
  return {
    id,
    email: asText(profile?.email),
    apiUrl: asText(user.api_url),
    session:
      accessToken === undefined
        ? undefined
        : {
            accessToken,
            refreshToken: asText(session?.refresh_token),
            expiresAt: typeof session?.expires_at === 'number' ? session.expires_at : undefined,
          },
    activeProject: asText(project?.active_project),
    localKey: asText(project?.llm_proxy_bearer_token),
  };
}

/** The raw entry of a user, made if it is missing, for edits. */
export function rawUser(settings: Settings, id: string): JsonObject {
  const users = childObject(settings.raw, 'users');
  return childObject(users, id);
}

/** An object below `parent`, made if there is none. */
export function childObject(parent: JsonObject, key: string): JsonObject {
  const existing = asObject(parent[key]);
  if (existing) return existing;
  const created: JsonObject = {};
  parent[key] = created;
  return created;
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
