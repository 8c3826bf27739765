/**
 * Keeps a service that refuses every token, however new, from being asked for another with each request. Also knows
 * whose a token was.
 */
export interface HastyGuard {
  /** Remembers the owner of a token in use. */
  note(token: string, userId: string): void;
  ownerOf(token: string): string | undefined;
  /** A token has just been issued. */
  issued(token: string): void;
  /** Whether, now that `token` was refused, another one may be asked for. */
  mayAsk(token: string): boolean;
}

/** A token refused this soon after it was issued is not refused for its age. */
const SOON_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
const MAX_OWNERS = 16;

export function createHastyGuard(monotonic: () => number): HastyGuard {
  const owners = new Map<string, string>();
  let newest: { token: string; at: number } | undefined;
  let inARow = 0;
  let notBefore = 0;
  return {
    note(token, userId) {
      owners.delete(token);
      owners.set(token, userId);
      for (const old of owners.keys()) {
        if (owners.size <= MAX_OWNERS) break;
        owners.delete(old);
      }
    },
    ownerOf: (token) => owners.get(token),
    issued(token) {
      newest = { token, at: monotonic() };
    },
    mayAsk(token) {
      if (newest?.token !== token || monotonic() - newest.at > SOON_MS) {
        inARow = 0;
        return true;
      }
      if (inARow > 0 && monotonic() < notBefore) return false;
      inARow += 1;
      notBefore = monotonic() + Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** inARow);
      return true;
    },
  };
}
