import { MeshbarError } from '../shared/errors.js';
import type { Balance, BilledUsage, Figure, Project, SessionUser } from '../shared/session.js';
import { ACCESS, BALANCE, PROJECTS, USAGE } from './account-answers.js';
import { type AccountCall, accountCall, readProfile, TokenNotAcceptedError } from './account-call.js';
import { createFigureCache } from './figure-cache.js';
import type { Credentials, Session } from './session.js';

interface UsageQuery {
  /** Unix milliseconds. */
  readonly since: number;
  /** Unix milliseconds; without: now. */
  readonly until?: number;
}

interface LabelQuery extends Required<UsageQuery> {
  readonly projectId: string;
  /** Names, in lower case, and values that the usage must have been labelled with. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

type ProxyAccess =
  | { readonly allowed: true }
  /** `ownerUserId`: whom to ask, where the service tells. */
  | { readonly allowed: false; readonly project: Project | undefined }
  /** The check could not be made; that says nothing about the proxy. */
  | { readonly allowed: undefined; readonly problem: MeshbarError };

/**
 * What hosted MeshAgent says about the user and the projects. Unless said otherwise, rejects with MeshbarError:
 * no_upstream_token, session_expired, session_offline, account_forbidden, account_unavailable.
 */
export interface Account {
  /** Asks who is signed in; a session whose owner was not known is filed under the answer. */
  profile(): Promise<SessionUser>;
  /** By name; `search` is looked for in name and id. */
  projects(search?: string): Promise<Project[]>;
  /** By id, else by name, else by an unambiguous part of it. Also rejects with project_unknown. */
  findProject(selector: string): Promise<Project>;
  /** Whether the user may use the LLM proxy in a project. Never rejects for the service's sake. */
  proxyAccess(projectId: string): Promise<ProxyAccess>;
  /** The current project's, not asked for more often than once a minute; undefined: the user may not see it. */
  balance(): Promise<Figure<Balance> | undefined>;
  /** The user's own, in the current project, by model and day; at most once in five minutes. undefined: as above. */
  billedUsage(query: UsageQuery): Promise<Figure<readonly BilledUsage[]> | undefined>;
  /** The user's own with these labels, in any project, by model; asked for again each time. */
  billedUnder(query: LabelQuery): Promise<readonly BilledUsage[]>;
}

const BALANCE_AGE_MS = 60_000;
const USAGE_AGE_MS = 300_000;
/** The check before a start must not hold the start up. */
const ACCESS_TIMEOUT_MS = 5000;

export function createAccount(session: Session, now: () => number = Date.now): Account {
  const balances = createFigureCache<Balance>(BALANCE_AGE_MS, now);
  const usages = createFigureCache<readonly BilledUsage[]>(USAGE_AGE_MS, now);

  /** Asks again with another token if the first was refused. */
  async function withToken<T>(ask: (credentials: Credentials) => Promise<T>): Promise<T> {
    const credentials = await session.credentials();
    try {
      return await ask(credentials);
    } catch (error) {
      if (!(error instanceof TokenNotAcceptedError)) throw error;
      const renewed = await session.credentialsAfterRefusal(credentials.upstreamToken);
      if (!renewed) {
        // Says so if the session has ended, or can't be renewed now.
        await session.credentials();
        throw notAccepted();
      }
      return ask(renewed).catch((again: unknown) => {
        throw again instanceof TokenNotAcceptedError ? notAccepted() : again;
      });
    }
  }

  function call<T>(what: AccountCall<T>): Promise<T> {
    return withToken((credentials) => accountCall(credentials, what));
  }

  async function currentProject(): Promise<string> {
    const project = await session.project();
    if (!project) throw new MeshbarError('no_project');
    return project.id;
  }

  /** Figures of one user must not be shown to the next one. */
  async function keyOf(projectId: string, ...rest: readonly unknown[]): Promise<string> {
    const { state } = session;
    const who = 'user' in state ? state.user.id : '';
    return [await session.baseUrl(), who, projectId, ...rest].join('\n');
  }

  async function projects(search = ''): Promise<Project[]> {
    const answer = await call({ path: '/projects', schema: PROJECTS });
    const current = (await session.project())?.id;
    return answer.projects
      .map(({ id, name, owner_user_id }) => ({
        id,
        name: name ?? id,
        ownerUserId: owner_user_id,
        current: id === current,
      }))
      .filter((project) => contains(project, search))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  async function usage(
    projectId: string,
    { since, until, annotations, interval, signal }: Omit<LabelQuery, 'projectId'> & { readonly interval?: 'day' },
  ): Promise<readonly BilledUsage[]> {
    const query = new URLSearchParams({
      start: new Date(since).toISOString(),
      end: new Date(until).toISOString(),
      ...(interval ? { interval } : {}),
      annotations: JSON.stringify(annotations),
    });
    const path = `/projects/${encodeURIComponent(projectId)}/llm-proxy/usage?${query}`;
    const answer = await call({ path, schema: USAGE, ...(signal ? { signal } : {}) });
    return answer.usage.map((row) => ({
      day: row.start ?? row.timestamp ?? row.date ?? row.day,
      provider: row.provider,
      model: row.model,
      type: row.type,
      totalUsd: row.total,
      quantity: row.quantity,
    }));
  }

  return {
    async profile() {
      const profile = await withToken((credentials) => readProfile(credentials));
      await session.adopt(profile);
      const name = [profile.first_name, profile.last_name].filter(Boolean).join(' ');
      return { id: profile.id, email: profile.email, name: name === '' ? undefined : name };
    },
    projects,
    async findProject(selector) {
      return pick(await projects(), selector);
    },
    async proxyAccess(projectId) {
      try {
        const { allowed } = await call({
          method: 'POST',
          path: `/projects/${encodeURIComponent(projectId)}/access:test`,
          json: {
            subject: { type: 'user', id: 'me' },
            resource: { type: 'project', id: projectId },
            relation: 'llm_proxy_user',
          },
          signal: AbortSignal.timeout(ACCESS_TIMEOUT_MS),
          schema: ACCESS,
        });
        if (allowed) return { allowed };
        const known = await projects().catch(() => []);
        return { allowed, project: known.find((project) => project.id === projectId) };
      } catch (error) {
        return { allowed: undefined, problem: problemOf(error) };
      }
    },
    async balance() {
      const projectId = await currentProject();
      return balances.get(await keyOf(projectId), async () => {
        const path = `/projects/${encodeURIComponent(projectId)}/balance`;
        const answer = await call({ path, schema: BALANCE });
        return {
          balanceUsd: answer.balance,
          monthlyBudgetUsd: answer.monthly_budget,
          autoRechargeThresholdUsd: answer.auto_recharge_threshold,
          autoRechargeAmountUsd: answer.auto_recharge_amount,
          autoRechargePaused: answer.auto_recharge_paused,
          autoRechargedThisMonthUsd: answer.auto_recharged_this_month,
          lastRecharge: answer.last_recharge,
        };
      });
    },
    async billedUsage({ since, until }) {
      const projectId = await currentProject();
      const end = until ?? now();
      // A window that slides with the clock is one figure, not a new one each second.
      const key = await keyOf(projectId, Math.floor(since / USAGE_AGE_MS), Math.floor(end / USAGE_AGE_MS));
      return usages.get(key, async () => {
        return usage(projectId, { since, until: end, annotations: {}, interval: 'day' });
      });
    },
    billedUnder: ({ projectId, ...query }) => usage(projectId, query),
  };
}

function contains({ id, name }: Project, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return name.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted);
}

/** Throws MeshbarError project_unknown. */
function pick(projects: readonly Project[], selector: string): Project {
  const wanted = selector.trim().toLowerCase();
  const ways: ((project: Project) => boolean)[] = [
    ({ id }) => id === selector.trim(),
    ({ name }) => name.toLowerCase() === wanted,
    (project) => wanted !== '' && contains(project, wanted),
  ];
  for (const way of ways) {
    const [match, ...others] = projects.filter(way);
    if (match && others.length === 0) return match;
    if (match) {
      const names = [match, ...others].slice(0, 5).map(({ name, id }) => `${name} (${id})`);
      throw new MeshbarError('project_unknown', {
        why: 'several',
        selector,
        count: others.length + 1,
        projects: `${names.join(', ')}${others.length > 4 ? ', ...' : ''}`,
      });
    }
  }
  throw new MeshbarError('project_unknown', { why: 'none', selector });
}

function notAccepted(): MeshbarError {
  return new MeshbarError('account_unavailable', { why: 'token_refused' });
}

function problemOf(error: unknown): MeshbarError {
  if (error instanceof MeshbarError) return error;
  const late = error instanceof DOMException && error.name === 'TimeoutError';
  return new MeshbarError('account_unavailable', { why: late ? 'late' : 'check_failed' });
}
