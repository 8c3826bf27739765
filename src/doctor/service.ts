import { ACCESS, BALANCE, PROJECTS } from '../session/account-answers.js';
import { accountCall, readProfile, TokenNotAcceptedError } from '../session/account-call.js';
import { environmentToken, projectOf, serviceUrlOf } from '../session/precedence.js';
import type { Credentials, ProjectChoice } from '../session/session.js';
import type { SavedSettings, SavedUser } from '../session/settings.js';
import { type ErrorFacts, MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { Message } from '../words/index.js';
import { say } from '../words/say.js';
import { saying } from './check.js';
import type { DoctorContext } from './context.js';

/** The hosted service as it would be asked from here: never renewing a session, which would write it. */

export type TokenStanding =
  | { readonly kind: 'environment'; readonly variable: string; readonly token: string }
  | {
      readonly kind: 'session';
      readonly user: SavedUser;
      /** A secret; undefined: none is left that has not ended. */
      readonly token: string | undefined;
      readonly refreshable: boolean;
      /** Unix milliseconds; undefined: not told. */
      readonly expiresAt: number | undefined;
    }
  | { readonly kind: 'none'; readonly fault: ErrorFacts | undefined };

export interface Service {
  /** Undefined where `addressFault` says why. */
  readonly baseUrl: string | undefined;
  readonly addressFault: ErrorFacts | undefined;
  readonly token: TokenStanding;
  readonly project: ProjectChoice | undefined;
}

export function serviceOf(context: DoctorContext, settings: SavedSettings | undefined): Service {
  const { config, env } = context;
  const user = settings?.activeUser;
  const address = attempt(() => serviceUrlOf(config, env, user));
  return {
    baseUrl: 'value' in address ? address.value : undefined,
    addressFault: 'value' in address ? undefined : address.error.facts,
    token: tokenOf(context, user),
    project: projectOf(config, env, user),
  };
}

function tokenOf({ config, env }: DoctorContext, user: SavedUser | undefined): TokenStanding {
  const variable = attempt(() => environmentToken(config, env));
  if ('error' in variable) return { kind: 'none', fault: variable.error.facts };
  if (variable.value) return { kind: 'environment', variable: variable.value.name, token: variable.value.token };
  if (!user?.session) return { kind: 'none', fault: undefined };
  const { accessToken, refreshToken, expiresAt } = user.session;
  const ended = expiresAt !== undefined && expiresAt * 1000 <= Date.now();
  return {
    kind: 'session',
    user,
    token: ended ? undefined : accessToken,
    refreshable: refreshToken !== undefined,
    expiresAt: expiresAt === undefined ? undefined : expiresAt * 1000,
  };
}

function attempt<T>(work: () => T): { value: T } | { error: MeshbarError } {
  try {
    return { value: work() };
  } catch (error) {
    return { error: toMeshbarError(error) };
  }
}

/** What the service said, or why it said nothing: it refused the token, keeps it from the user, or was not reached. */
export type Told<T> =
  | { readonly kind: 'told'; readonly value: T }
  | { readonly kind: 'refused' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unasked' | 'unavailable'; readonly why: Message };

/** The account calls that the doctor makes. None of them rejects. */
export interface ServiceCalls {
  profile(): Promise<Told<{ readonly id: string; readonly email?: string | undefined }>>;
  projects(): Promise<Told<readonly { readonly id: string }[]>>;
  mayUseProxy(projectId: string): Promise<Told<boolean>>;
  balance(projectId: string): Promise<Told<BalanceFields>>;
}

export interface BalanceFields {
  readonly balance: number;
  readonly auto_recharge_threshold?: number | undefined;
  readonly auto_recharge_amount?: number | undefined;
  readonly auto_recharge_paused?: boolean | undefined;
}

const LIMIT_MS = 4500;

export function createServiceCalls(service: () => Promise<Service>, outer: AbortSignal | undefined): ServiceCalls {
  async function told<T>(ask: (credentials: Credentials, signal: AbortSignal) => Promise<T>): Promise<Told<T>> {
    const { baseUrl, token } = await service();
    if (baseUrl === undefined) return { kind: 'unasked', why: say('doctor.service.noAddress') };
    const upstreamToken = token.kind === 'none' ? undefined : token.token;
    if (upstreamToken === undefined) return { kind: 'unasked', why: say('doctor.service.noToken') };
    const limit = AbortSignal.timeout(LIMIT_MS);
    try {
      const signal = outer ? AbortSignal.any([outer, limit]) : limit;
      return { kind: 'told', value: await ask({ baseUrl, upstreamToken }, signal) };
    } catch (error) {
      if (error instanceof TokenNotAcceptedError) return { kind: 'refused' };
      if (error instanceof MeshbarError && error.code === 'account_forbidden') return { kind: 'forbidden' };
      return {
        kind: 'unavailable',
        why: error instanceof MeshbarError ? saying(error.facts) : say('doctor.service.late'),
      };
    }
  }

  const ofProject = (id: string, call: string) => `/projects/${encodeURIComponent(id)}/${call}`;
  let profile: ReturnType<ServiceCalls['profile']> | undefined;
  return {
    profile() {
      profile ??= told((credentials, signal) => readProfile(credentials, signal));
      return profile;
    },
    projects: () =>
      told(async (credentials, signal) => {
        const answer = await accountCall(credentials, {
          path: '/projects',
          signal,
          schema: PROJECTS,
        });
        return answer.projects;
      }),
    mayUseProxy: (id) =>
      told(async (credentials, signal) => {
        const { allowed } = await accountCall(credentials, {
          method: 'POST',
          path: ofProject(id, 'access:test'),
          json: {
            subject: { type: 'user', id: 'me' },
            resource: { type: 'project', id },
            relation: 'llm_proxy_user',
          },
          signal,
          schema: ACCESS,
        });
        return allowed;
      }),
    balance: (id) =>
      told((credentials, signal) =>
        accountCall(credentials, { path: ofProject(id, 'balance'), signal, schema: BALANCE }),
      ),
  };
}
