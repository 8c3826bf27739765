import { setTimeout as delay } from 'node:timers/promises';
import { type MeshbarError, toMeshbarError } from '../../shared/errors.js';
import { type Backoff, createBackoff } from './backoff.js';
import { createHastyGuard } from './hasty-guard.js';
import { createRefresher, type RefresherOptions, withNewest } from './refresh.js';
import { createRotations, type Rotation } from './rotations.js';
import { sessionExpired, sessionOffline, signedOut } from './session-errors.js';
import type { SavedSession, SavedUser } from './settings.js';
import { EXPIRY_MARGIN_SECONDS } from './settings-edits.js';
import type { SettingsFile } from './settings-file.js';

export interface KeeperOptions {
  readonly file: SettingsFile;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  readonly request: RefresherOptions['request'];
  /** Something may have changed; told often. */
  readonly onChange: () => void;
  /** One sentence, without secrets. */
  readonly onProblem: (message: string) => void;
}

/** A token that can be sent now. */
export interface HeldToken {
  readonly user: SavedUser;
  /** A secret. */
  readonly token: string;
  /** Unix milliseconds: from then on it is renewed. */
  readonly freshUntil: number;
  /** Unix milliseconds: from then on it is not sent any more. */
  readonly usableUntil: number;
}

/** `good`: there is a token, or nothing is known that keeps the next request from getting one. */
export type Standing = 'signed_out' | 'good' | 'expired' | 'offline';

export interface Keeper {
  /** As last read, with the newest session known of. */
  readonly user: SavedUser | undefined;
  readonly standing: Standing;
  /** Why the settings could not be read, or a refreshed session not be stored. */
  readonly problem: MeshbarError | undefined;
  /** Milliseconds until an unreachable service is asked again. */
  readonly retryInMs: number;
  /** The token, refreshed ahead of its end without anybody waiting for it. Throws or rejects with MeshbarError. */
  take(): HeldToken | Promise<HeldToken>;
  takeAfterRefusal(token: string): Promise<HeldToken | undefined>;
  /** Resolves when the file has been read once. */
  load(): Promise<void>;
  /** Reads the file for the first time and refreshes what is due. */
  ready(): Promise<void>;
  /** Reads the file again. */
  reload(): Promise<void>;
  /** To be called about once a second: notices a changed file, a token about to end, a clock that jumped. */
  tick(): void;
  /** Resolves when no refresh is under way and the last one is safe: cut off, it would lose the new refresh token. */
  idle(): Promise<void>;
}

/** The session is refreshed when less than this is left. */
const REFRESH_AHEAD_SECONDS = 300;
/** Between two refreshes of a token that could still be used: short-lived ones would be renewed all the time. */
const AHEAD_PAUSE_MS = 60_000;
/** How long the `meshagent` command may hold what it has read before it writes it back: after that, the file is looked at. */
const STALE_WRITE_MS = 120;
/** A wall clock that went this much further or less far than the other one was set, or the machine slept. */
const JUMP_MS = 5000;

/** Keeps the session of the settings file usable: the only place that knows which token is good. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { file, now, monotonic, onChange, onProblem } = options;
  const backoff: Backoff = createBackoff(monotonic);
  const rotations = createRotations();
  const refresher = createRefresher({ file, rotations, now, request: options.request });
  const hasty = createHastyGuard(monotonic);
  let user: SavedUser | undefined;
  let held: HeldToken | undefined;
  let loaded: Promise<void> | undefined;
  let reading: Promise<void> | undefined;
  let nextRead: Promise<void> | undefined;
  let refreshing: Promise<void> | undefined;
  let verifying: Promise<void> | undefined;
  /** Of the file as it was before it was last read; `undefined`: read it again in any case. */
  let stamp: string | undefined;
  let unreadable: MeshbarError | undefined;
  let unstorable: MeshbarError | undefined;
  /** The file shows a session that this process has replaced. */
  let reverted = false;
  /** The last refresh of this process: its token's end is known better than from the file. */
  let issued: Rotation | undefined;
  let refusedToken: string | undefined;
  let refusedRefreshToken: string | undefined;
  let aheadNotBefore = 0;
  let lastTick = { wall: now(), steady: monotonic() };

  async function read(): Promise<void> {
    const before = file.stamp();
    const mayChangeUnseen = file.isFreshlyWritten();
    try {
      const saved = (await file.read()).activeUser;
      user = withNewest(saved, rotations);
      reverted = user !== saved;
      unreadable = undefined;
    } catch (error) {
      // What was read before goes on being good.
      unreadable = toMeshbarError(error);
    }
    stamp = mayChangeUnseen ? undefined : before;
    hold();
  }

  /** A read that is under way may have begun before what the caller wants to see was written: another one follows. */
  function reload(): Promise<void> {
    nextRead ??= (reading ?? Promise.resolve()).then(() => {
      reading = nextRead;
      nextRead = undefined;
      return read();
    });
    loaded ??= nextRead;
    return nextRead;
  }

  function hold(): void {
    const session = user?.session;
    const token = session?.accessToken;
    held =
      user && session && token !== undefined && token !== refusedToken
        ? { user, token, ...lifetimeOf(session) }
        : undefined;
    if (held) hasty.note(held.token, held.user.id);
    onChange();
  }

  function lifetimeOf(session: SavedSession): { freshUntil: number; usableUntil: number } {
    if (issued && issued.answer.accessToken === session.accessToken) {
      // A token that says nothing of its end is good until it is refused.
      const seconds = issued.answer.expiresIn ?? Number.POSITIVE_INFINITY;
      // One that lives hardly longer than the usual lead is renewed at half its life, not at once.
      const fresh = Math.max(seconds - EXPIRY_MARGIN_SECONDS - REFRESH_AHEAD_SECONDS, seconds / 2);
      return { freshUntil: issued.at + fresh * 1000, usableUntil: issued.at + seconds * 1000 };
    }
    if (session.expiresAt === undefined) {
      const freshUntil = session.refreshToken === undefined ? Number.POSITIVE_INFINITY : 0;
      return { freshUntil, usableUntil: Number.POSITIVE_INFINITY };
    }
    return { freshUntil: (session.expiresAt - REFRESH_AHEAD_SECONDS) * 1000, usableUntil: session.expiresAt * 1000 };
  }

  function usable(): HeldToken | undefined {
    return held && now() < held.usableUntil ? held : undefined;
  }

  /** Whether no refresh can help. */
  function isSpent(session: SavedSession): boolean {
    return session.refreshToken === undefined || session.refreshToken === refusedRefreshToken;
  }

  /** However many wait, one of them asks. Never rejects: how it went shows in the standing. */
  function refresh(): Promise<void> {
    refreshing ??= askForToken().finally(() => {
      refreshing = undefined;
      onChange();
    });
    return refreshing;
  }

  async function askForToken(): Promise<void> {
    const ahead = usable() !== undefined;
    const isGood = (session: SavedSession) => {
      if (session.accessToken === undefined || session.accessToken === refusedToken) return false;
      const { freshUntil, usableUntil } = lifetimeOf(session);
      // Somebody else's new token is good enough, even a short-lived one, for those who have none.
      return now() < (ahead ? freshUntil : usableUntil);
    };
    try {
      const outcome = await refresher.refresh(isGood);
      unstorable = undefined;
      if (outcome.kind === 'refreshed') {
        issued = outcome.rotation;
        hasty.issued(issued.answer.accessToken);
        verifying = verify();
        if (outcome.unsaved) onProblem(`The refreshed session is not stored yet: ${outcome.unsaved.message}`);
      }
      if (outcome.kind === 'refused') refusedRefreshToken = outcome.refreshToken;
      if (outcome.kind === 'unavailable') {
        backoff.fail(outcome.retryAfterMs);
      } else {
        backoff.reset();
        aheadNotBefore = monotonic() + AHEAD_PAUSE_MS;
      }
    } catch (error) {
      unstorable = toMeshbarError(error);
      backoff.fail();
    }
    await reload();
  }

  function refreshAhead(): void {
    if (refreshing || backoff.waitMs > 0 || monotonic() < aheadNotBefore) return;
    if (user?.session && !isSpent(user.session)) void refresh();
  }

  function standing(): Standing {
    if (!user?.session) return 'signed_out';
    if (usable()) return 'good';
    if (isSpent(user.session)) return 'expired';
    if (unstorable) return 'expired';
    return backoff.failures > 0 ? 'offline' : 'good';
  }

  function failure(): MeshbarError {
    switch (standing()) {
      case 'signed_out':
        return signedOut(unreadable?.toInfo());
      case 'expired':
        return unstorable ?? sessionExpired();
      default:
        return sessionOffline();
    }
  }

  async function takeSlowly(): Promise<HeldToken> {
    await (loaded ?? reload());
    // The second round is for a session that somebody else put there while we asked.
    for (let round = 1; round <= 2; round++) {
      const token = usable();
      if (token) return token;
      if (!user?.session || isSpent(user.session) || backoff.waitMs > 0) break;
      await refresh();
    }
    const token = usable();
    if (token) return token;
    throw failure();
  }

  function take(): HeldToken | Promise<HeldToken> {
    if (held) {
      const at = now();
      if (at < held.freshUntil) return held;
      if (at < held.usableUntil) {
        refreshAhead();
        return held;
      }
    }
    return takeSlowly();
  }

  function noticeJump(): void {
    const tick = { wall: now(), steady: monotonic() };
    const steady = tick.steady - lastTick.steady;
    const wall = tick.wall - lastTick.wall;
    lastTick = tick;
    if (Math.abs(wall - steady) < JUMP_MS && steady < 2 * JUMP_MS) return;
    // After a sleep the network is mostly back: what failed before it says nothing now.
    backoff.skip();
    aheadNotBefore = 0;
  }

  function keepFresh(): void {
    const session = user?.session;
    if (!session || refreshing || backoff.waitMs > 0 || isSpent(session)) return;
    const token = usable();
    if (!token) void refresh();
    else if (now() >= token.freshUntil) refreshAhead();
    else if (reverted) void restore();
  }

  /** Whether what was just stored is still there. */
  async function verify(): Promise<void> {
    await delay(STALE_WRITE_MS);
    await reload();
    if (reverted) await restore();
  }

  async function restore(): Promise<void> {
    reverted = false;
    await refresher.restore().catch((error: unknown) => {
      backoff.fail();
      onProblem(toMeshbarError(error).message);
    });
    await reload();
  }

  return {
    get user() {
      return user;
    },
    get standing() {
      return standing();
    },
    get problem() {
      return unreadable ?? unstorable;
    },
    get retryInMs() {
      return backoff.waitMs;
    },
    take,
    async takeAfterRefusal(token) {
      const owner = hasty.ownerOf(token);
      if (token !== refusedToken && held?.token === token) {
        if (!hasty.mayAsk(token)) return undefined;
        refusedToken = token;
        hold();
      }
      try {
        const next = await take();
        // Another user's token would not fit the project that the request began with.
        return next.token !== token && (owner === undefined || next.user.id === owner) ? next : undefined;
      } catch {
        return undefined;
      }
    },
    load: () => loaded ?? reload(),
    async ready() {
      await (loaded ?? reload());
      const session = user?.session;
      const isDue = !held || now() >= held.freshUntil;
      if (session && isDue && !isSpent(session) && backoff.waitMs === 0) await refresh();
    },
    reload,
    tick() {
      noticeJump();
      if (stamp === undefined || file.stamp() !== stamp) void reload();
      keepFresh();
      onChange();
    },
    async idle() {
      while (refreshing) await refreshing;
      await verifying;
    },
  };
}
