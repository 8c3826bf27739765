import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorFacts, MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { type Backoff, createBackoff } from './backoff.js';
import { createJumpDetector } from './clock-jump.js';
import { createHastyGuard } from './hasty-guard.js';
import { createRefresher, type RefresherOptions } from './refresh.js';
import { createRotations, type Rotation } from './rotations.js';
import { sessionOffline, signedOut } from './session-errors.js';
import type { SavedSession, SavedUser } from './settings.js';
import type { SettingsFile } from './settings-file.js';
import { createSettingsFollower } from './settings-follower.js';
import { type TokenLifetime, tokenLifetimeOf } from './token-lifetime.js';

export interface KeeperOptions {
  readonly file: SettingsFile;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic: () => number;
  readonly request: RefresherOptions['request'];
  /** The token that counts comes from elsewhere: the session is looked at, and left alone. */
  readonly lookOnly: boolean;
  /** `tick` is called so long after the last time at the latest. */
  readonly longestPauseMs: number;
  /** Something may have changed; told often. */
  readonly onChange: () => void;
  readonly onProblem: (problem: Statement) => void;
}

/** A token that can be sent now. */
export interface HeldToken extends TokenLifetime {
  readonly user: SavedUser;
  /** A secret. */
  readonly token: string;
}

/** `good`: there is a token, or nothing is known that keeps the next request from getting one. */
type Standing = 'signed_out' | 'good' | 'expired' | 'offline';

export interface Keeper {
  /** As last read, with the newest session known of. */
  readonly user: SavedUser | undefined;
  readonly standing: Standing;
  /** Why the settings could not be read, or a refreshed session not be stored. */
  readonly problem: MeshbarError | undefined;
  /** Why the service could not be asked the last time. */
  readonly offlineReason: ErrorFacts | undefined;
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
  /**
   * Unix milliseconds until which nothing is to be done for the token; 0: something is, or is to be tried again. It may
   * change with each `onChange`.
   */
  readonly quietUntil: number;
  /** Notices a changed file, a token about to end, a clock that jumped. */
  tick(): void;
  /** Resolves when no refresh is under way and the last one is safe: cut off, it would lose the new refresh token. */
  idle(): Promise<void>;
}

/** Between two refreshes of a token that could still be used: short-lived ones would be renewed all the time. */
const AHEAD_PAUSE_MS = 60_000;
/** How long the `meshagent` command may hold what it has read before it writes it back: after that, the file is looked at. */
const STALE_WRITE_MS = 120;

/** Keeps the session of the settings file usable: the only place that knows which token is good. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { file, now, monotonic, onChange, onProblem } = options;
  const backoff: Backoff = createBackoff(monotonic);
  const rotations = createRotations();
  const refresher = createRefresher({ file, rotations, now, request: options.request });
  const hasty = createHastyGuard(monotonic);
  const settings = createSettingsFollower(file, rotations, hold);
  const hasJumped = createJumpDetector(now, monotonic, options.longestPauseMs);
  let held: HeldToken | undefined;
  let refreshing: Promise<void> | undefined;
  let verifying: Promise<void> | undefined;
  /** Why what a refresh would bring could not be stored. */
  let unstorable: MeshbarError | undefined;
  /** The last refresh of this process: its token's end is known better than from the file. */
  let issued: Rotation | undefined;
  let offlineReason: ErrorFacts | undefined;
  let refusedToken: string | undefined;
  let refusedRefreshToken: string | undefined;
  let aheadNotBefore = 0;

  function hold(): void {
    const { user } = settings;
    const session = user?.session;
    const token = session?.accessToken;
    const isKnownGood = user && session && token !== undefined && token !== refusedToken;
    held = isKnownGood ? { user, token, ...tokenLifetimeOf(session, issued) } : undefined;
    if (held) hasty.note(held.token, held.user.id);
    onChange();
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
      const { freshUntil, usableUntil } = tokenLifetimeOf(session, issued);
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
        if (outcome.unsaved) onProblem(say('session.unsaved', { problem: outcome.unsaved.facts }));
      }
      if (outcome.kind === 'refused') refusedRefreshToken = outcome.refreshToken;
      offlineReason = outcome.kind === 'unavailable' ? outcome.problem : undefined;
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
    await settings.reload();
  }

  function refreshAhead(): void {
    if (refreshing || backoff.waitMs > 0 || monotonic() < aheadNotBefore) return;
    const session = settings.user?.session;
    if (session && !isSpent(session)) void refresh();
  }

  function standing(): Standing {
    const session = settings.user?.session;
    if (!session) return 'signed_out';
    if (usable()) return 'good';
    if (isSpent(session) || unstorable) return 'expired';
    return backoff.failures > 0 ? 'offline' : 'good';
  }

  function failure(): MeshbarError {
    switch (standing()) {
      case 'signed_out':
        return signedOut(settings.unreadable?.facts);
      case 'expired':
        return unstorable ?? new MeshbarError('session_expired');
      default:
        return sessionOffline(offlineReason);
    }
  }

  async function takeSlowly(): Promise<HeldToken> {
    noticeJump();
    await settings.load();
    // The second round is for a session that somebody else put there while we asked.
    for (let round = 1; round <= 2; round++) {
      const token = usable();
      if (token) return token;
      const session = settings.user?.session;
      if (!session || isSpent(session) || backoff.waitMs > 0) break;
      await refresh();
    }
    const token = usable();
    if (token) return token;
    throw failure();
  }

  function noticeJump(): void {
    if (!hasJumped()) return;
    // After a sleep the network is mostly back: what failed before it says nothing now.
    backoff.skip();
    aheadNotBefore = 0;
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

  function keepFresh(): void {
    const session = settings.user?.session;
    if (!session || refreshing || backoff.waitMs > 0 || isSpent(session)) return;
    const token = usable();
    if (!token) void refresh();
    else if (now() >= token.freshUntil) refreshAhead();
    else if (settings.reverted) void restore();
  }

  /** Whether what was just stored is still there. */
  async function verify(): Promise<void> {
    await delay(STALE_WRITE_MS);
    await settings.reload();
    if (settings.reverted) await restore();
  }

  async function restore(): Promise<void> {
    await refresher.restore().catch((error: unknown) => {
      backoff.fail();
      onProblem(toMeshbarError(error).facts);
    });
    await settings.reload();
  }

  return {
    get user() {
      return settings.user;
    },
    get standing() {
      return standing();
    },
    get problem() {
      return settings.unreadable ?? unstorable;
    },
    get offlineReason() {
      return offlineReason;
    },
    get retryInMs() {
      return backoff.waitMs;
    },
    get quietUntil() {
      const session = settings.user?.session;
      if (!session || options.lookOnly) return Number.POSITIVE_INFINITY;
      const token = usable();
      if (isSpent(session)) return token?.usableUntil ?? Number.POSITIVE_INFINITY;
      return token && !settings.reverted ? token.freshUntil : 0;
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
    load: settings.load,
    async ready() {
      await settings.load();
      const session = settings.user?.session;
      const isDue = !held || now() >= held.freshUntil;
      if (session && isDue && !isSpent(session) && backoff.waitMs === 0) await refresh();
    },
    reload: settings.reload,
    tick() {
      noticeJump();
      settings.look();
      if (!options.lookOnly) keepFresh();
      onChange();
    },
    async idle() {
      while (refreshing) await refreshing;
      await verifying;
    },
  };
}
