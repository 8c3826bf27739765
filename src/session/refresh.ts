import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorFacts, type MeshbarError, toMeshbarError } from '../shared/errors.js';
import { type TokenAnswer, TokenRefusedError, TokenUnavailableError } from './oauth.js';
import type { Rotation, Rotations } from './rotations.js';
import type { SavedSession, SavedSettings, SavedUser } from './settings.js';
import { putSession, tokenExpiryOf } from './settings-edits.js';
import type { SettingsFile } from './settings-file.js';

type RefreshOutcome =
  /** Nothing had to be asked, or somebody else was faster: what is in the file counts. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'refreshed'; readonly rotation: Rotation; readonly unsaved: MeshbarError | undefined }
  /** The service does not take this refresh token any more. */
  | { readonly kind: 'refused'; readonly refreshToken: string }
  | { readonly kind: 'unavailable'; readonly problem: ErrorFacts; readonly retryAfterMs: number | undefined };

export interface RefresherOptions {
  readonly file: SettingsFile;
  readonly rotations: Rotations;
  readonly now: () => number;
  readonly request: (user: SavedUser, refreshToken: string) => Promise<TokenAnswer>;
}

/**
 * How long a refusal is doubted, in pauses: the `meshagent` command takes no lock, and between its trading the token and
 * its writing the answer we are refused for the token it has just replaced.
 */
const DOUBT_MS = [0, 100, 200, 400];

export interface Refresher {
  /**
   * Refreshes the active user's session unless `isGood` says of what now is in the file that there is no need.
   * One process at a time. Rejects with MeshbarError where the answer could not be stored, before it asks for one.
   */
  refresh(isGood: (session: SavedSession) => boolean): Promise<RefreshOutcome>;
  /** Files what the newest refresh brought where the file still, or again, shows a session that it replaced. */
  restore(): Promise<void>;
}

export function createRefresher({ file, rotations, now, request }: RefresherOptions): Refresher {
  async function refresh(isGood: (session: SavedSession) => boolean): Promise<RefreshOutcome> {
    const user = withNewest((await file.read()).activeUser, rotations);
    const session = user?.session;
    const refreshToken = session?.refreshToken;
    if (!user || !session || refreshToken === undefined || isGood(session)) return { kind: 'settled' };
    let answer: TokenAnswer;
    try {
      answer = await request(user, refreshToken);
    } catch (error) {
      if (error instanceof TokenUnavailableError) {
        return { kind: 'unavailable', problem: error.facts, retryAfterMs: error.retryAfterMs };
      }
      if (!(error instanceof TokenRefusedError)) throw error;
      return (await isReplaced(user.id, refreshToken)) ? { kind: 'settled' } : { kind: 'refused', refreshToken };
    }
    const rotation = { old: session, answer, at: now() };
    // First, so that the new refresh token outlives whatever happens to the file.
    rotations.add(rotation);
    const unsaved = await file
      .update((settings) => store(settings, user.id, session, rotation))
      .then(
        () => undefined,
        (error: unknown) => toMeshbarError(error),
      );
    return { kind: 'refreshed', rotation, unsaved };
  }

  /** A session that somebody else put there meanwhile, or took away, counts more than ours. */
  function store(settings: SavedSettings, userId: string, asked: SavedSession, rotation: Rotation): boolean {
    const saved = userOf(settings, userId)?.session;
    if (!saved) return false;
    const isOurs = saved.refreshToken === asked.refreshToken || rotations.since(saved) === rotation;
    if (isOurs) putSession(settings, userId, rotation.answer, rotation.at);
    return isOurs;
  }

  async function isReplaced(userId: string, refreshToken: string): Promise<boolean> {
    for (const pause of DOUBT_MS) {
      await delay(pause);
      const user = withNewest((await file.read()).activeUser, rotations);
      if (user?.id !== userId || user.session?.refreshToken !== refreshToken) return true;
    }
    return false;
  }

  return {
    refresh: (isGood) => file.withRefreshLock(() => refresh(isGood)),
    async restore() {
      await file.update((settings) => {
        const user = settings.activeUser;
        const rotation = user?.session && rotations.since(user.session);
        if (!user || !rotation) return false;
        putSession(settings, user.id, rotation.answer, rotation.at);
        return true;
      });
    },
  };
}

/** The user with the newest session that is known of. */
export function withNewest(user: SavedUser | undefined, rotations: Rotations): SavedUser | undefined {
  const rotation = user?.session && rotations.since(user.session);
  if (!user || !rotation) return user;
  const { answer, old, at } = rotation;
  const session = {
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken ?? old.refreshToken,
    expiresAt: tokenExpiryOf(answer, at),
  };
  return { ...user, session };
}

function userOf(settings: SavedSettings, id: string): SavedUser | undefined {
  return settings.users.find((user) => user.id === id);
}
