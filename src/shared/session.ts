import type { ErrorFacts } from './errors.js';

/** Who is signed in to MeshAgent and what the service says about them: plain values for every shell. No secrets. */

export interface SessionUser {
  /** `__local__` while the profile could not be read. */
  readonly id: string;
  readonly email: string | undefined;
  /** First and last name, as far as they are known. */
  readonly name: string | undefined;
}

/**
 * The one source of truth about the session. `projectId` is the project that requests are billed to, if one is chosen.
 * `Problem`: an error, as facts or in a shell's words.
 */
export type SessionState<Problem = ErrorFacts> = SessionStanding<Problem> & { readonly projectId: string | undefined };

export type SessionStanding<Problem = ErrorFacts> =
  /** `problem`: the settings file can't be read, so Meshbar goes on without it. */
  | { readonly status: 'signed_out'; readonly problem: Problem | undefined }
  /** `url` is what the browser was sent to, for copying. */
  | { readonly status: 'signing_in'; readonly url: string | undefined }
  /** `expiresAt`, Unix milliseconds, is when the access token ends; Meshbar renews it ahead of that. */
  | { readonly status: 'signed_in'; readonly user: SessionUser; readonly expiresAt: number | undefined }
  /** The upstream token comes from an environment variable, whatever the settings file holds. */
  | { readonly status: 'environment'; readonly variable: string }
  /** Only signing in again helps. */
  | { readonly status: 'expired'; readonly user: SessionUser; readonly problem: Problem | undefined }
  /** The session needs to be renewed and MeshAgent can't be reached, for the `reason`; `retryAt` in Unix milliseconds. */
  | {
      readonly status: 'offline';
      readonly user: SessionUser;
      readonly retryAt: number;
      readonly reason: Problem | undefined;
    };

/** A user the settings file knows. */
export interface SavedProfile extends SessionUser {
  readonly apiUrl: string | undefined;
  readonly current: boolean;
  readonly signedIn: boolean;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly ownerUserId: string | undefined;
  readonly current: boolean;
}

/** What the service said, and when: Unix milliseconds. */
export interface Figure<T> {
  readonly value: T;
  readonly at: number;
}

/** A project's money, in USD; undefined where the service did not say. */
export interface Balance {
  readonly balanceUsd: number;
  readonly monthlyBudgetUsd: number | undefined;
  readonly autoRechargeThresholdUsd: number | undefined;
  readonly autoRechargeAmountUsd: number | undefined;
  readonly autoRechargePaused: boolean | undefined;
  readonly autoRechargedThisMonthUsd: number | undefined;
  /** As the service wrote it, ISO 8601. */
  readonly lastRecharge: string | undefined;
}

/** The user's own usage of one model in one interval, as billed. */
export interface BilledUsage {
  /** Start of the day, ISO 8601; undefined: the service did not part it by day. */
  readonly day: string | undefined;
  readonly provider: string;
  readonly model: string;
  /** A token type such as `input_tokens`, or `llm_proxy_surcharge`. */
  readonly type: string;
  readonly totalUsd: number;
  /** Tokens, characters or minutes. */
  readonly quantity: number | undefined;
}
