import type { MeshbarError } from '../shared/errors.js';
import type { SavedProfile, SessionState, SessionUser } from '../shared/session.js';
import type { Message } from '../words/index.js';
import type { ProfileFields } from './settings-edits.js';

/** The session as the proxy and the shells see it. How it is kept is in this folder's other files. */

/** Where account calls go, and in whose name. */
export interface Credentials {
  /** Base URL of hosted MeshAgent, without a trailing slash. */
  readonly baseUrl: string;
  /** What we show MeshAgent. A secret. */
  readonly upstreamToken: string;
}

export interface UpstreamAccess extends Credentials {
  readonly projectId: string;
}

export interface UpstreamAccessSource {
  /**
   * What to send with a request that starts now. Synchronous while a fresh token is at hand (the hot path).
   * Throws or rejects with MeshbarError: no_upstream_token, no_project, session_expired, session_offline.
   */
  access(): UpstreamAccess | Promise<UpstreamAccess>;
  /**
   * Upstream refused `refusedToken` with a 401: gives another token, refreshing at most once however many ask.
   * Undefined: there is no other (a token from the environment, another user's). Rejects with session_expired or
   * session_offline where that is why.
   */
  accessAfterRefusal(refusedToken: string): Promise<UpstreamAccess | undefined>;
}

/** The same, for account calls: they need no project. */
interface CredentialsSource {
  credentials(): Promise<Credentials>;
  credentialsAfterRefusal(refusedToken: string): Promise<Credentials | undefined>;
}

export interface SignInOptions {
  /** Aborting it ends the sign-in and frees the port at once. */
  readonly signal?: AbortSignal;
  /** False: the address is only told, not opened. */
  readonly openBrowser?: boolean;
  /** The address to sign in at, for copying; told before the browser is opened. */
  readonly onUrl?: (url: string) => void;
  /** sign_in_browser: the address must be opened by hand; the sign-in goes on. */
  readonly onProblem?: (problem: MeshbarError) => void;
  readonly timeoutMs?: number;
}

export interface SignedIn {
  readonly user: SessionUser;
  /** sign_in_profile: the session is good and kept, but whose it is could not be read. */
  readonly problem: MeshbarError | undefined;
}

export interface ProjectChoice {
  readonly id: string;
  /** The first that is set. An option or a variable wins over what `setProject` stores. */
  readonly source: '--project-id' | 'MESHAGENT_PROJECT_ID' | 'settings';
}

export interface LocalKey {
  /** What clients show us. A secret. */
  readonly key: string;
  readonly source: Message;
}

export interface Session extends UpstreamAccessSource, CredentialsSource {
  readonly state: SessionState;
  /** Called with each new state. */
  onState(listener: (state: SessionState) => void): () => void;
  /**
   * To be called once at first: reads the settings, which are followed from then on, and refreshes what is about to end,
   * as far as that can be done now. Never rejects for the network: then the state is `offline` and requests are refused until it is back.
   */
  ready(): Promise<SessionState>;
  /** Base URL that requests go to. Throws MeshbarError invalid_option. */
  baseUrl(): Promise<string>;
  project(): Promise<ProjectChoice | undefined>;
  /** Stores the active project of the active user. */
  setProject(id: string): Promise<void>;
  /**
   * The local key; stored if it had to be made. `orForThisRun`: where it can't be stored, one that lives as long as this
   * process instead of settings_unreadable or settings_unwritable.
   */
  localKey(options?: { orForThisRun?: boolean }): Promise<LocalKey>;
  /**
   * Stores a new local key in place of the old one. Rejects with invalid_option where the key in use is not the stored
   * one, and as `localKey` does.
   */
  rotateLocalKey(): Promise<LocalKey>;
  upstreamTokenSource(): Promise<Message>;
  /** Rejects with MeshbarError sign_in_*, or settings_unreadable and settings_unwritable. */
  signIn(options?: SignInOptions): Promise<SignedIn>;
  /** Removes the session of the active user, and only that; undefined: nobody was signed in. */
  signOut(): Promise<SessionUser | undefined>;
  profiles(): Promise<SavedProfile[]>;
  /** Makes a saved profile the active one, by id or e-mail address. Rejects with MeshbarError profile_unknown. */
  useProfile(selector: string): Promise<SavedProfile>;
  /** The profile of a session that was kept as `__local__` is known now: files it under its own name. */
  adopt(profile: ProfileFields): Promise<void>;
  /** To be called when the machine woke up: looks at clock, token and settings now, not only when it is time to. */
  look(): void;
  /** Resolves when no refresh is under way and the last one is safe: cut off, it would lose the new refresh token. */
  close(): Promise<void>;
}
