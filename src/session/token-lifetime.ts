import type { Rotation } from './rotations.js';
import type { SavedSession } from './settings.js';
import { EXPIRY_MARGIN_SECONDS } from './settings-edits.js';

/** Both in Unix milliseconds. */
export interface TokenLifetime {
  /** From then on the token is renewed. */
  readonly freshUntil: number;
  /** From then on it is not sent any more. */
  readonly usableUntil: number;
}

/** The session is refreshed when less than this is left. */
const REFRESH_AHEAD_SECONDS = 300;
const NEVER = Number.POSITIVE_INFINITY;

/** `issued` is the last refresh of this process: of its token more is known than is in the file. Pure. */
export function tokenLifetimeOf(session: SavedSession, issued: Rotation | undefined): TokenLifetime {
  if (issued && issued.answer.accessToken === session.accessToken) {
    // A token that says nothing of its end is good until it is refused.
    const seconds = issued.answer.expiresIn ?? NEVER;
    // One that lives hardly longer than the usual lead is renewed at half its life, not at once.
    const fresh = Math.max(seconds - EXPIRY_MARGIN_SECONDS - REFRESH_AHEAD_SECONDS, seconds / 2);
    return { freshUntil: issued.at + fresh * 1000, usableUntil: issued.at + seconds * 1000 };
  }
  if (session.expiresAt === undefined) {
    return { freshUntil: session.refreshToken === undefined ? NEVER : 0, usableUntil: NEVER };
  }
  return { freshUntil: (session.expiresAt - REFRESH_AHEAD_SECONDS) * 1000, usableUntil: session.expiresAt * 1000 };
}
