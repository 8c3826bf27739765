import type { Ledger } from '../ledger/ledger-api.js';
import type { Budgets } from '../limits/budgets.js';
import type { Keys } from '../limits/keys.js';
import type { Account } from '../session/account.js';
import type { Session } from '../session/session.js';
import type { ProxyConfig, StartConfig } from '../settings/config.js';
import type { ErrorFacts } from '../shared/errors.js';
import type { Overhead } from '../shared/overhead.js';
import type { Reconciliation } from '../shared/reconciliation.js';
import type { ActiveExchange } from '../shared/usage.js';
import type { Message } from '../words/index.js';

export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /** What a client is told: a bind to every address is shown as 127.0.0.1. Such as "http://127.0.0.1:8766". */
  readonly url: string;
  readonly insecure: boolean;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Of the requests that start now: another one may be chosen while the proxy runs. */
  readonly projectId: string;
  /** What clients show us. A secret, handed out only to be copied. */
  readonly localKey: string;
  /** Such as "--bearer", "~/.meshagent/settings.json" or "generated and stored". */
  readonly localKeySource: Message;
  /** Such as "MESHAGENT_TOKEN" or "the session of a@b.c". */
  readonly upstreamTokenSource: Message;
}

export type ProxyState =
  | { readonly status: 'stopped' }
  | { readonly status: 'starting' }
  | { readonly status: 'running'; readonly proxy: RunningProxy }
  | { readonly status: 'stopping'; readonly inFlight: number }
  | { readonly status: 'failed'; readonly error: ErrorFacts };

/** The engine. Both shells hold one; createEngine() in engine.ts builds it. */
export interface Engine {
  readonly config: ProxyConfig;
  readonly ledger: Ledger;
  /** Who is signed in, and how to change that; `session.onState` for shells. */
  readonly session: Session;
  /** What the hosted service says about the user and the projects. */
  readonly account: Account;
  /** Named local keys. */
  readonly keys: Keys;
  readonly budgets: Budgets;
  readonly state: ProxyState;
  /** Exchanges that have not ended, oldest first. */
  readonly active: readonly ActiveExchange[];
  /** What Meshbar itself costs: the time it adds to a request, its memory, its share of a core. */
  overhead(): Overhead;
  onState(listener: (state: ProxyState) => void): () => void;
  /** Called when an exchange begins, gets its first chunk or ends; coalesce before painting. */
  onActivity(listener: () => void): () => void;
  /**
   * What was estimated beside what was billed in the current project, for each day and model. Unix milliseconds, widened
   * to whole days of UTC. Undefined: the user may not see what was billed. Rejects as `account` does.
   */
  reconcile(period: { readonly since: number; readonly until?: number }): Promise<Reconciliation | undefined>;
  /** Takes effect at the next start; what an option left out says stays as it is. */
  configure(options: Partial<StartConfig>): void;
  /**
   * Stores a new local key, and asks for it from the next request on. Rejects with invalid_option where the key in use
   * is not the stored one.
   */
  rotateLocalKey(): Promise<void>;
  /** Listens, or rejects with MeshbarError and leaves the state `failed`. */
  start(): Promise<RunningProxy>;
  /**
   * Stops listening, waits up to `graceMs` for exchanges in flight, then cuts them. Called again with 0 while it waits,
   * it cuts them at once.
   */
  stop(options?: { graceMs?: number }): Promise<void>;
  /** stop(), then closes the ledger and the session. */
  close(): Promise<void>;
}
