import type { Batch } from './anthropic/batches.js';
import { Billing } from './billing.js';
import { BoundedMap } from './bounded-map.js';
import { type Clock, createClock } from './clock.js';
import { Journal } from './journal.js';
import { DEFAULT_USER, defaultProjects, type SimulatedProject, type SimulatedUser } from './projects.js';
import { PromptCache } from './prompt-cache.js';
import { Sessions } from './sessions.js';

export interface ServiceOptions {
  /** Lifetime of access tokens in seconds. Default 3600. */
  readonly accessTokenSeconds?: number;
  /** Whether a refresh gives a new refresh token and refuses the old one from then on. Default no. */
  readonly rotate?: boolean;
  readonly projects?: readonly SimulatedProject[];
}

/**
 * How the token endpoint can fail: refused as RFC 6749 says, with a 500 or a 503, with a page instead of JSON (as captive
 * portals answer), with a cut connection, or with no answer at all.
 */
export const TOKEN_FAILURES = ['invalid_grant', 'server_error', 'unavailable', 'not_json', 'reset', 'hang'] as const;
export type TokenFailure = (typeof TOKEN_FAILURES)[number];

/** Everything the stand-in knows, without a socket. */
export interface SimulatedService {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly billing: Billing;
  readonly sessions: Sessions;
  readonly promptCache: PromptCache;
  /** Tokens that a response and all before it hold, by the response's id. */
  readonly conversations: BoundedMap<string, number>;
  readonly batches: BoundedMap<string, Batch>;
  /** What Grok keeps for a while, by the response's id. */
  readonly storedResponses: BoundedMap<string, object>;
  readonly user: SimulatedUser;
  readonly projects: SimulatedProject[];
  /** False: the profile is refused with 403. */
  profileReadable: boolean;
  /** The next failures of the token endpoint, first one first. */
  readonly tokenFailures: TokenFailure[];
  /** Whether a request that asks to be refused once is refused now: every other time for the same text. */
  refusesOnce(text: string): boolean;
  /** Time the token endpoint takes, in milliseconds. */
  tokenDelayMs: number;
  /** Texts that must not come in any header or address. */
  readonly forbidden: Set<string>;
  /** Error the authorization endpoint sends back instead of a code. */
  authorizeError: { error: string; description?: string } | undefined;
}

export function createService(options: ServiceOptions): SimulatedService {
  const clock = createClock();
  const refusedOnce = new Set<string>();
  return {
    clock,
    journal: new Journal(),
    billing: new Billing(clock),
    sessions: new Sessions(clock, {
      rotate: options.rotate ?? false,
      accessTokenSeconds: options.accessTokenSeconds ?? 3600,
    }),
    promptCache: new PromptCache(),
    conversations: new BoundedMap(),
    batches: new BoundedMap(),
    storedResponses: new BoundedMap(),
    user: { ...DEFAULT_USER },
    projects: (options.projects ?? defaultProjects()).map((project) => ({ ...project })),
    profileReadable: true,
    tokenFailures: [],
    refusesOnce(text) {
      if (refusedOnce.delete(text)) return false;
      refusedOnce.add(text);
      return true;
    },
    tokenDelayMs: 0,
    forbidden: new Set(),
    authorizeError: undefined,
  };
}

export function simulatedProjectOf(service: SimulatedService, id: string): SimulatedProject | undefined {
  return service.projects.find((project) => project.id === id);
}
