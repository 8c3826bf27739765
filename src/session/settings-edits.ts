import type { TokenAnswer } from './oauth.js';
import { asObject, asText, childObject, type JsonObject, LOCAL_USER, rawUser, type SavedSettings } from './settings.js';

/**
 * Changes to the shared settings. The `meshagent` command rejects the whole file if a field it knows has a type it does
 * not expect: `expires_at` is an integer or null, `token_type` a text, `project` an object with `active_api_keys`.
 */

/** The profile as the service tells it. */
export interface ProfileFields {
  readonly id: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly email?: string;
}

/** What the service calls "in an hour" is taken as this much less. */
export const EXPIRY_MARGIN_SECONDS = 30;

/** Unix seconds, from an answer that came at `now` (Unix milliseconds); undefined: not told. */
export function tokenExpiryOf(answer: TokenAnswer, now: number): number | undefined {
  return answer.expiresIn === undefined ? undefined : Math.floor(now / 1000 + answer.expiresIn) - EXPIRY_MARGIN_SECONDS;
}

/** Files a token answer under a user; a session that was there keeps what the answer leaves out. */
export function putSession(settings: SavedSettings, userId: string, answer: TokenAnswer, now: number): void {
  const session = childObject(rawUser(settings, userId), 'session');
  session.access_token = answer.accessToken;
  session.refresh_token = answer.refreshToken ?? session.refresh_token ?? null;
  session.expires_at = tokenExpiryOf(answer, now) ?? null;
  session.token_type = answer.tokenType ?? asText(session.token_type) ?? 'Bearer';
  session.scope = answer.scope ?? session.scope ?? null;
  session.id_token = answer.idToken ?? session.id_token ?? null;
}

/**
 * Files a new sign-in: under its profile, or as `__local__` while that is not known. It becomes the active one, and
 * nothing of an earlier session of the same user stays.
 */
export function putSignIn(
  settings: SavedSettings,
  profile: ProfileFields | undefined,
  signIn: { answer: TokenAnswer; baseUrl: string; now: number },
): void {
  const id = profile?.id ?? LOCAL_USER;
  const user = rawUser(settings, id);
  Object.assign(childObject(user, 'session'), { refresh_token: null, scope: null, id_token: null });
  putSession(settings, id, signIn.answer, signIn.now);
  user.api_url = signIn.baseUrl;
  if (profile) putProfile(settings, profile);
  projectOf(user);
  settings.raw.active_user_id = id;
}

/** Gives `__local__`'s session and settings their owner's name. */
export function adoptLocal(settings: SavedSettings, profile: ProfileFields): void {
  const local = rawUser(settings, LOCAL_USER);
  const user = rawUser(settings, profile.id);
  user.session = local.session ?? null;
  user.api_url = local.api_url ?? user.api_url ?? null;
  putProfile(settings, profile);
  projectOf(user);
  settings.raw.active_user_id = profile.id;
}

export function putActiveProject(settings: SavedSettings, projectId: string): void {
  projectOf(activeEntry(settings)).active_project = projectId;
}

export function putLocalKey(settings: SavedSettings, key: string): void {
  projectOf(activeEntry(settings)).llm_proxy_bearer_token = key;
}

/** Null, not deleted: so the `meshagent` command writes a user who is signed out. */
export function removeSession(settings: SavedSettings, userId: string): void {
  rawUser(settings, userId).session = null;
}

function activeEntry(settings: SavedSettings): JsonObject {
  const id = settings.activeUser?.id ?? LOCAL_USER;
  const entry = rawUser(settings, id);
  settings.raw.active_user_id = id;
  return entry;
}

function putProfile(settings: SavedSettings, profile: ProfileFields): void {
  const user = rawUser(settings, profile.id);
  const saved = childObject(user, 'profile');
  saved.id = profile.id;
  saved.first_name = profile.first_name ?? null;
  saved.last_name = profile.last_name ?? null;
  saved.email = profile.email ?? null;
  const users = asObject(settings.raw.users) as JsonObject;
  const local = asObject(users[LOCAL_USER]);
  if (local && profile.id !== LOCAL_USER) {
    moveProject(local, user);
    delete users[LOCAL_USER];
  }
}

/** What was chosen before anyone was known to be signed in is the newer choice: it wins. */
function moveProject(from: JsonObject, to: JsonObject): void {
  const source = asObject(from.project) ?? {};
  const target = projectOf(to);
  const keys = { ...asObject(target.active_api_keys), ...asObject(source.active_api_keys) };
  for (const [key, value] of Object.entries(source)) if (value !== null && value !== '') target[key] = value;
  target.active_api_keys = keys;
}

function projectOf(user: JsonObject): JsonObject {
  const project = childObject(user, 'project');
  if (!asObject(project.active_api_keys)) project.active_api_keys = {};
  project.active_project ??= null;
  project.llm_proxy_bearer_token ??= null;
  return project;
}
