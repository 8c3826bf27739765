import type { TokenAnswer } from './oauth.js';
import type { SavedSession } from './settings.js';

/** A refresh this process made: what it replaced, and what came. A secret. */
export interface Rotation {
  readonly old: SavedSession;
  readonly answer: TokenAnswer;
  /** Unix milliseconds. */
  readonly at: number;
}

/**
 * Remembers the refreshes of this process. A refresh token is dead once it was traded, so a file that shows a traded one
 * again (a disk that was full, another program that wrote back what it had read before) must not be believed.
 */
export interface Rotations {
  add(rotation: Rotation): void;
  /** The last refresh that `session` is older than; undefined: nothing newer is known. */
  since(session: SavedSession): Rotation | undefined;
}

const MAX_KEPT = 16;

export function createRotations(): Rotations {
  const known: Rotation[] = [];
  return {
    add(rotation) {
      known.push(rotation);
      if (known.length > MAX_KEPT) known.shift();
    },
    since(session) {
      let newest: Rotation | undefined;
      let current = session;
      for (const rotation of known) {
        if (!replaces(rotation, current)) continue;
        newest = rotation;
        current = {
          accessToken: rotation.answer.accessToken,
          refreshToken: rotation.answer.refreshToken ?? current.refreshToken,
          expiresAt: undefined,
        };
      }
      return newest;
    },
  };
}

function replaces({ old, answer }: Rotation, session: SavedSession): boolean {
  if (old.refreshToken !== session.refreshToken) return false;
  const rotated = answer.refreshToken !== undefined && answer.refreshToken !== old.refreshToken;
  return rotated || old.accessToken === session.accessToken;
}
