import { Billing } from './billing.js';
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

/** How the token endpoint is to fail: a status with or without RFC 6749's JSON, a cut connection, or no answer at all. */
export type TokenFailure = 'invalid_grant' | 'server_error' | 'not_json' | 'reset' | 'hang';

/** Everything the stand-in knows, without a socket. */
export interface Service {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly billing: Billing;
  readonly sessions: Sessions;
  readonly promptCache: PromptCache;
  readonly user: SimulatedUser;
  projects: SimulatedProject[];
  /** False: the profile is refused with 403. */
  profileReadable: boolean;
  /** The next failures of the token endpoint, first one first. */
  readonly tokenFailures: TokenFailure[];
  /** Requests that said `unauthorized-once` and were refused once. */
  readonly refusedOnce: Set<string>;
  /** Error the authorization endpoint sends back instead of a code. */
  authorizeError: { error: string; description?: string } | undefined;
}

export function createService(options: ServiceOptions): Service {
  const clock = createClock();
  return {
    clock,
    journal: new Journal(),
    billing: new Billing(clock),
    sessions: new Sessions(clock, {
      rotate: options.rotate ?? false,
      accessTokenSeconds: options.accessTokenSeconds ?? 3600,
    }),
    promptCache: new PromptCache(),
    user: { ...DEFAULT_USER },
    projects: (options.projects ?? defaultProjects()).map((project) => ({ ...project })),
    profileReadable: true,
    tokenFailures: [],
    refusedOnce: new Set(),
    authorizeError: undefined,
  };
}

export function projectOf(service: Service, id: string): SimulatedProject | undefined {
  return service.projects.find((project) => project.id === id);
}
