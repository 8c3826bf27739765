import type { BilledExchange } from './billing.js';
import type { RequestRecord, Violation } from './journal.js';
import type { SimulatedProject, SimulatedUser } from './projects.js';
import type { TokenFailure } from './service.js';
import type { IssuedSession } from './sessions.js';

/** What a test sees of the service and does to it. Lists are live: they grow as things happen. */
export interface ServiceControl {
  /** Every request but those to the controls, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** What requests had that a correct proxy does not send. */
  readonly violations: readonly Violation[];
  readonly billed: readonly BilledExchange[];
  /** Connections that are open now. */
  readonly openSockets: number;
  /** Refresh tokens traded since the start or the last reset. */
  readonly refreshes: number;
  /** May be changed: the next call sees it. */
  readonly user: SimulatedUser;
  readonly projects: readonly SimulatedProject[];

  /** A signed-in user's tokens. `expiresIn` in seconds, may be negative; `scope` as OAuth writes it, default all. */
  issueSession(options?: { expiresIn?: number; scope?: string }): IssuedSession;
  /** All access tokens but the everlasting one are refused from now on; refresh tokens stay good. */
  expireAccessTokens(): void;
  /** Ends all sessions, refresh tokens included. */
  revoke(): void;
  /** Lifetime of access tokens issued from now on. */
  setAccessTokenSeconds(seconds: number): void;
  setRotation(rotate: boolean): void;
  /** The token endpoint fails that often from now on; 0 ends it. */
  failTokenEndpoint(times: number, how: TokenFailure): void;
  /** The token endpoint takes its time, in milliseconds. */
  delayTokenEndpoint(ms: number): void;
  /** The authorization endpoint sends the browser back with this error; undefined ends it. */
  failAuthorize(error: { error: string; description?: string } | undefined): void;
  setProfileReadable(readable: boolean): void;
  /** Changes a project, or adds it. */
  setProject(project: Partial<SimulatedProject> & { id: string }): void;
  /** Milliseconds that the service's clock is ahead of this machine's. */
  setClockOffset(ms: number): void;
  /** From now on it is a violation if this text (a local key, say) comes in any header or address. */
  forbid(secret: string): void;
  /** Ends every open connection, whatever goes on there. */
  dropConnections(how: 'end' | 'reset'): void;
  /** The first request, past or to come, that is as wanted. Rejects after `timeoutMs` (5000). */
  waitForRequest(predicate: (record: RequestRecord) => boolean, timeoutMs?: number): Promise<RequestRecord>;
  /** Forgets requests, violations, bills, sessions and prompts; settings stay. */
  reset(): void;
  /** All of the above that can be said in JSON. */
  state(): object;
}
