import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProxyConfig } from '../settings/config.js';
import { MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { SavedProfile, SessionStanding, SessionState, SessionUser } from '../shared/session.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { createKeeper, type HeldToken } from './keeper.js';
import { localKeyOf, rotateLocalKey } from './local-key.js';
import { refreshSession } from './oauth.js';
import { type EnvironmentToken, environmentToken, projectOf, serviceUrlOf } from './precedence.js';
import { byStanding, findUser, profileOf, sessionEndOf, sessionUserOf } from './profiles.js';
import type { Credentials, Session, UpstreamAccess } from './session.js';
import { LOCAL_USER, type SavedUser } from './settings.js';
import { adoptLocal, putActiveProject, putSignIn, removeSession } from './settings-edits.js';
import { createSettingsFile } from './settings-file.js';

export interface SessionOptions {
  readonly config: ProxyConfig;
  readonly env?: NodeJS.ProcessEnv;
  readonly homedir?: string;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** How often file, token and clock are looked at while that may not wait. */
  readonly tickMs?: number;
  /** The same while nothing is to be done and the system tells of changes of the settings file. */
  readonly restMs?: number;
  /** Told what went wrong in the background. */
  readonly onProblem?: (problem: Statement) => void;
}

const TICK_MS = 1000;
/** Each time wakes the processor: rare enough that an idle laptop does not notice. */
const REST_MS = 30_000;
/** How long closing waits for a service that does not answer. */
const CLOSE_TIMEOUT_MS = 5000;

/**
 * The MeshAgent session: which token, which project, which address, and how it stands. Sources in the order of the
 * `meshagent` command; the settings file is followed until close().
 */
export function createSession(options: SessionOptions): Session {
  const { config, tickMs = TICK_MS, restMs = REST_MS } = options;
  const env = options.env ?? process.env;
  const now = options.now ?? Date.now;
  const file = createSettingsFile(options.homedir ?? os.homedir());
  const listeners = new Set<(state: SessionState) => void>();
  let signingIn: { url: string | undefined } | undefined;
  const variable = readEnvironment();
  let variableAccess: { user: SavedUser | undefined; access: UpstreamAccess } | undefined;
  let accessOf: { held: HeldToken; access: UpstreamAccess } | undefined;

  const keeper = createKeeper({
    file,
    now,
    monotonic: () => performance.now(),
    request: (user, refreshToken) => refreshSession(serviceUrlOf(config, env, user), refreshToken, env),
    lookOnly: !('token' in variable) || variable.token !== undefined,
    longestPauseMs: restMs,
    onChange() {
      publish();
      tickLater();
    },
    onProblem: options.onProblem ?? (() => {}),
  });
  let state: SessionState = stateNow();
  const watched = file.watch(tick);
  let ticker: NodeJS.Timeout | undefined;
  let closed = false;
  tickLater();

  function tick(): void {
    if (closed) return;
    // Not before the first tick: most processes have ended by then.
    watched.renew();
    keeper.tick();
  }

  function tickLater(): void {
    if (closed) return;
    clearTimeout(ticker);
    const quietMs = watched.isWatching ? Math.min(keeper.quietUntil - now(), restMs) : 0;
    ticker = setTimeout(tick, Math.max(quietMs, tickMs)).unref();
  }

  /** Read once: a process's environment does not change, and looking at it for each request costs. */
  function readEnvironment(): { token: EnvironmentToken | undefined } | { error: MeshbarError } {
    try {
      return { token: environmentToken(config, env) };
    } catch (error) {
      return { error: toMeshbarError(error) };
    }
  }

  /** Throws what readEnvironment() found wrong. */
  function tokenVariable(): EnvironmentToken | undefined {
    if ('error' in variable) throw variable.error;
    return variable.token;
  }

  function publish(): void {
    const next = stateNow();
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  function stateNow(): SessionState {
    return { ...standingNow(), projectId: projectOf(config, env, keeper.user)?.id };
  }

  function standingNow(): SessionStanding {
    if (signingIn) return { status: 'signing_in', url: signingIn.url };
    if ('error' in variable) return { status: 'signed_out', problem: variable.error.facts };
    if (variable.token) return { status: 'environment', variable: variable.token.name };
    const { user } = keeper;
    const problem = keeper.problem?.facts;
    if (!user || keeper.standing === 'signed_out') return { status: 'signed_out', problem };
    switch (keeper.standing) {
      case 'good':
        return { status: 'signed_in', user: sessionUserOf(user), expiresAt: sessionEndOf(user) };
      case 'expired':
        return { status: 'expired', user: sessionUserOf(user), problem };
      default:
        return { status: 'offline', user: sessionUserOf(user), retryAt: retryAt(), reason: keeper.offlineReason };
    }
  }

  /** Told again only when it really changed: the two clocks differ by a little each time. */
  function retryAt(): number {
    const at = Math.round(now() + keeper.retryInMs);
    return state.status === 'offline' && Math.abs(at - state.retryAt) < TICK_MS ? state.retryAt : at;
  }

  function withProject(credentials: Credentials, user: SavedUser | undefined): UpstreamAccess {
    const project = projectOf(config, env, user);
    if (!project) throw new MeshbarError('no_project');
    return { ...credentials, projectId: project.id };
  }

  function accessFor(held: HeldToken): UpstreamAccess {
    if (accessOf?.held !== held) accessOf = { held, access: withProject(credentialsFor(held), held.user) };
    return accessOf.access;
  }

  function credentialsFor(held: HeldToken): Credentials {
    return { baseUrl: serviceUrlOf(config, env, held.user), upstreamToken: held.token };
  }

  async function fromEnvironment(upstreamToken: string): Promise<Credentials> {
    await keeper.load();
    return { baseUrl: serviceUrlOf(config, env, keeper.user), upstreamToken };
  }

  async function change(edit: Parameters<typeof file.update>[0]): Promise<void> {
    try {
      await file.update(edit);
    } finally {
      await keeper.reload();
    }
  }

  return {
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ready() {
      if ('token' in variable && variable.token) await keeper.load();
      else await keeper.ready();
      return state;
    },
    access() {
      const fromVariable = tokenVariable();
      if (fromVariable) {
        if (variableAccess && variableAccess.user === keeper.user) return variableAccess.access;
        return fromEnvironment(fromVariable.token).then((credentials) => {
          variableAccess = { user: keeper.user, access: withProject(credentials, keeper.user) };
          return variableAccess.access;
        });
      }
      const held = keeper.take();
      return held instanceof Promise ? held.then(accessFor) : accessFor(held);
    },
    async accessAfterRefusal(refusedToken) {
      if (tokenVariable()) return undefined;
      const held = await keeper.takeAfterRefusal(refusedToken);
      if (held) return accessFor(held);
      // Where the session has ended or can't be reached, that is what the client must read: this says so.
      await keeper.take();
      return undefined;
    },
    async credentials() {
      const fromVariable = tokenVariable();
      return fromVariable ? fromEnvironment(fromVariable.token) : credentialsFor(await keeper.take());
    },
    async credentialsAfterRefusal(refusedToken) {
      if (tokenVariable()) return undefined;
      const held = await keeper.takeAfterRefusal(refusedToken);
      return held && credentialsFor(held);
    },
    async baseUrl() {
      await keeper.load();
      return serviceUrlOf(config, env, keeper.user);
    },
    async project() {
      await keeper.load();
      return projectOf(config, env, keeper.user);
    },
    setProject(id) {
      return change((settings) => {
        putActiveProject(settings, id);
        return true;
      });
    },
    async localKey({ orForThisRun = false } = {}) {
      await keeper.load();
      return localKeyOf({ config, file: file.path, stored: keeper.user?.localKey, change, orForThisRun });
    },
    async rotateLocalKey() {
      await keeper.load();
      return rotateLocalKey({ config, file: file.path, change });
    },
    async upstreamTokenSource() {
      const fromVariable = tokenVariable();
      if (fromVariable) return say('session.tokenFrom.variable', { name: fromVariable.name });
      await keeper.load();
      const email = keeper.user?.email;
      if (email === undefined) return say('session.tokenFrom.machine', { file: file.path });
      return say('session.tokenFrom.user', { email, file: file.path });
    },
    async signIn(signInOptions = {}) {
      if (signingIn) {
        throw new MeshbarError('sign_in_port_in_use', { why: 'under_way' });
      }
      await keeper.load();
      const baseUrl = serviceUrlOf(config, env, keeper.user);
      signingIn = { url: undefined };
      publish();
      try {
        // The libraries of the sign-in are loaded when they are needed: most processes never sign in.
        const { runSignIn } = await import('./sign-in.js');
        return await runSignIn({
          ...signInOptions,
          baseUrl,
          env,
          onUrl(url) {
            signingIn = { url };
            publish();
            signInOptions.onUrl?.(url);
          },
          store: async (answer, profile) => {
            await file.update((settings) => {
              putSignIn(settings, profile, { answer, baseUrl, now: now() });
              return true;
            });
          },
        });
      } finally {
        // Read before the state changes, or it would be "signed out" for a moment.
        await keeper.reload();
        signingIn = undefined;
        publish();
      }
    },
    async signOut() {
      let who: SessionUser | undefined;
      await change((settings) => {
        const user = settings.activeUser;
        if (!user?.session) return false;
        who = sessionUserOf(user);
        removeSession(settings, user.id);
        return true;
      });
      return who;
    },
    async profiles() {
      const settings = await file.read();
      return settings.users.map((user) => profileOf(user, settings.activeUser?.id)).sort(byStanding);
    },
    async useProfile(selector) {
      let chosen: SavedProfile | undefined;
      await change((settings) => {
        chosen = profileOf(findUser(settings.users, selector), undefined);
        settings.raw.active_user_id = chosen.id;
        return true;
      });
      return { ...(chosen as SavedProfile), current: true };
    },
    async adopt(profile) {
      const local = keeper.user;
      if (local?.id !== LOCAL_USER || !local.session) return;
      await change((settings) => {
        const same = settings.activeUser?.id === LOCAL_USER && settings.activeUser.session !== undefined;
        if (same) adoptLocal(settings, profile);
        return same;
      });
    },
    look: tick,
    async close() {
      closed = true;
      clearTimeout(ticker);
      watched.close();
      await Promise.race([keeper.idle(), delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}
