import { describe, expect, test } from 'vitest';
import {
  type AppStatus,
  appStatus,
  type Circumstances,
  type FailingRequests,
  iconOf,
  remedyOf,
  toneOf,
} from '../../src/shared/app-status.js';
import type { BudgetState } from '../../src/shared/budgets.js';
import type { ErrorCode } from '../../src/shared/errors.js';
import type { ProxyView, SessionView } from '../../src/shared/ipc.js';
import { statusReason, statusTitle } from '../../src/words/format-status.js';
import { appState } from '../helpers/app-state.js';
import { budgetState, stoppedBudget } from '../helpers/budget-state.js';

const user = { id: 'usr_1', email: 'ada@example.com', name: undefined };
const FAILING: FailingRequests = { count: 3, status: 502, errorType: 'http_502', reason: undefined };

const failed = (code: ErrorCode): ProxyView => ({
  status: 'failed',
  error: { code, message: 'It failed.', hint: 'Mend it.' },
});
const { proxy: running } = appState();

const PROXIES: Readonly<Record<string, ProxyView>> = {
  stopped: { status: 'stopped' },
  starting: { status: 'starting' },
  stopping: { status: 'stopping', inFlight: 2 },
  running,
  insecure: { ...(running as Extract<ProxyView, { status: 'running' }>), insecure: true },
  'failed: port': failed('port_in_use'),
  'failed: no token': failed('no_upstream_token'),
  'failed: session': failed('session_expired'),
  'failed: no project': failed('no_project'),
  'failed: access': failed('project_access_denied'),
};
const SESSIONS: Readonly<Record<string, SessionView>> = {
  signed_in: { status: 'signed_in', user, expiresAt: undefined, projectId: 'prj_1' },
  environment: { status: 'environment', variable: 'MESHAGENT_TOKEN', projectId: 'prj_1' },
  'no project': { status: 'signed_in', user, expiresAt: undefined, projectId: undefined },
  signed_out: { status: 'signed_out', problem: undefined, projectId: undefined },
  expired: { status: 'expired', user, problem: undefined, projectId: 'prj_1' },
  offline: { status: 'offline', user, retryAt: 1, reason: undefined, projectId: 'prj_1' },
};
const BUDGETS: Readonly<Record<string, readonly BudgetState[]>> = {
  'no budget': [],
  near: [budgetState({ spentNanoUsd: 4.1e9, level: 80 })],
  'used up': [stoppedBudget()],
};

/** Every circumstance there can be, with how it is named. */
const ALL: readonly (Circumstances & { readonly name: string })[] = Object.entries(PROXIES).flatMap(
  ([proxyName, proxy]) =>
    Object.entries(SESSIONS).flatMap(([sessionName, sessionInUse]) =>
      Object.entries(BUDGETS).flatMap(([budgetName, budgets]) =>
        [undefined, FAILING].flatMap((failing) =>
          [false, true].map((isSigningIn) => ({
            name: [proxyName, sessionName, budgetName, failing ? 'failing' : '', isSigningIn ? 'signing in' : ''].join(
              ', ',
            ),
            proxy,
            sessionInUse,
            session: isSigningIn
              ? ({ status: 'signing_in', url: undefined, projectId: sessionInUse.projectId } as const)
              : sessionInUse,
            failedProjectId: 'prj_1',
            budgets,
            failing,
            isBusy: false,
          })),
        ),
      ),
    ),
);

const canServe = ({ sessionInUse: { status, projectId } }: Circumstances) =>
  (status === 'signed_in' || status === 'environment') && projectId !== undefined;
const isRunning = ({ proxy }: Circumstances) => proxy.status === 'running';
const words = (status: AppStatus) => `${statusTitle(status)} ${statusReason(status) ?? ''}`;

describe('whatever the proxy, the session, the budgets and the traffic do', () => {
  test('it is green only where requests pass', () => {
    for (const each of ALL) {
      const passes = isRunning(each) && canServe(each) && !each.budgets.some(({ stopped }) => stopped) && !each.failing;
      if (!passes) expect(toneOf(appStatus(each)), each.name).not.toBe('good');
      if (!passes) expect(['running', 'busy'], each.name).not.toContain(appStatus(each).state);
    }
  });

  test('the icon is that of an error exactly where it is red or requests fail', () => {
    for (const each of ALL) {
      const status = appStatus(each);
      const isError = iconOf(status) === 'error';
      if (status.insecure) expect(iconOf(status), each.name).toBe('insecure');
      else expect(isError, each.name).toBe(toneOf(status) === 'bad' || status.state === 'degraded');
    }
  });

  test('a session that is good is neither said to have ended nor to be missing', () => {
    for (const each of ALL.filter(canServe)) {
      expect(words(appStatus(each)), each.name).not.toMatch(/session|not signed in|sign in/i);
    }
  });

  test('a failure to start for want of a session or a project is over when there is one', () => {
    for (const each of ALL.filter(({ proxy }) => proxy.status === 'failed')) {
      const { error } = each.proxy as Extract<ProxyView, { status: 'failed' }>;
      if (!canServe(each) || each.session.status === 'signing_in') continue;
      const isOver = ['no_upstream_token', 'session_expired', 'no_project'].includes(error.code);
      expect(appStatus(each).state, each.name).toBe(isOver ? 'stopped' : 'error');
    }
  });

  test('a proxy that does not run neither runs nor refuses, and one that runs is not stopped', () => {
    for (const each of ALL) {
      const { state } = appStatus(each);
      if (isRunning(each)) expect(['running', 'busy', 'degraded', 'refusing'], each.name).toContain(state);
      else expect(['starting', 'stopping', 'stopped', 'error'], each.name).toContain(state);
    }
  });

  test('whatever is wrong has a title of two to four words, a reason and mostly a way out', () => {
    for (const each of ALL) {
      const status = appStatus(each);
      expect(statusTitle(status).split(' ').length, each.name).toBeLessThanOrEqual(4);
      if (!status.cause) continue;
      expect(statusReason(status), each.name).toMatch(/\w/);
      const hasNone = ['offline', 'draining', 'budget_near'].includes(status.cause.kind);
      expect(remedyOf(status) === undefined, each.name).toBe(hasNone);
    }
  });
});

const good = {
  ...ALL[0],
  proxy: running,
  session: SESSIONS.signed_in,
  sessionInUse: SESSIONS.signed_in,
} as Circumstances;
const shown = (changes: Partial<Circumstances>) => {
  const status = appStatus({ ...good, ...changes });
  return [status.state, iconOf(status), toneOf(status), statusTitle(status), statusReason(status), remedyOf(status)];
};
const inSession = (name: string, proxy: ProxyView = running) =>
  shown({ proxy, session: SESSIONS[name], sessionInUse: SESSIONS[name] });

test('all is well', () => {
  expect(shown({})).toEqual(['running', 'running', 'good', 'Proxy running', undefined, undefined]);
  expect(shown({ isBusy: true })).toEqual(['busy', 'busy', 'good', 'Proxy running', undefined, undefined]);
});

test('requests that fail are said with why the last one did', () => {
  const why = (failing: Partial<FailingRequests>) => shown({ failing: { ...FAILING, ...failing } });
  expect(why({})).toEqual([
    'degraded',
    'error',
    'warning',
    'Requests failing',
    'The last 3 requests failed with status 502.',
    'show_requests',
  ]);
  expect(why({ count: 1, reason: 'The model is gone.' })[4]).toBe('The last request failed. The model is gone.');
  expect(why({ count: 4, status: undefined })[4]).toBe('The last 4 requests got no answer.');
});

test('a session that ended, and one that was signed out, refuse until somebody signs in', () => {
  const refusing = ['refusing', 'error', 'bad'];
  expect(inSession('expired')).toEqual([
    ...refusing,
    'Session ended',
    'Requests are refused until you sign in again.',
    'sign_in',
  ]);
  expect(inSession('signed_out')).toEqual([
    ...refusing,
    'Not signed in',
    'Requests are refused until you sign in.',
    'sign_in',
  ]);
  expect(inSession('expired', { status: 'stopped' })).toEqual([
    'error',
    'error',
    'bad',
    'Session ended',
    'Sign in again to start the proxy.',
    'sign_in',
  ]);
});

test('a sign-in under way takes the place of what it mends', () => {
  const signingIn = { session: { status: 'signing_in', url: undefined, projectId: 'prj_1' } } as const;
  expect(shown({ ...signingIn, sessionInUse: SESSIONS.expired as SessionView }).slice(0, 4)).toEqual([
    'refusing',
    'error',
    'bad',
    'Signing in…',
  ]);
  expect(shown(signingIn)).toEqual([
    'running',
    'running',
    'warning',
    'Proxy running',
    'Continue in your browser.',
    'cancel_sign_in',
  ]);
  expect(shown({ ...signingIn, proxy: { status: 'stopped' } }).slice(0, 4)).toEqual([
    'starting',
    'stopped',
    'warning',
    'Signing in…',
  ]);
});

test('MeshAgent that can’t be reached refuses, with the reason where it is known', () => {
  expect(inSession('offline').slice(0, 4)).toEqual(['refusing', 'error', 'bad', 'MeshAgent unreachable']);
  const offline = {
    ...SESSIONS.offline,
    reason: { code: 'session_offline', message: 'The network is down.' },
  } as SessionView;
  expect(shown({ session: offline, sessionInUse: offline })[4]).toBe('The network is down.');
  expect(inSession('offline', { status: 'stopped' })[0]).toBe('stopped');
});

test('a budget that is used up refuses, and one near its end is amber while all passes', () => {
  expect(shown({ budgets: BUDGETS['used up'] as BudgetState[] })).toEqual([
    'refusing',
    'error',
    'bad',
    'Budget used up',
    'Today’s $5 budget is used up. Requests are refused until midnight.',
    'lift_budget',
  ]);
  expect(shown({ budgets: BUDGETS.near as BudgetState[] }).slice(0, 5)).toEqual([
    'running',
    'running',
    'warning',
    'Proxy running',
    '82% of $5.00 a day used',
  ]);
});

test('a failure to start says why, until another project makes it meaningless', () => {
  const port = shown({ proxy: failed('port_in_use') });
  expect(port).toEqual(['error', 'error', 'bad', 'Proxy not running', 'It failed. Mend it.', 'open_settings']);
  expect(shown({ proxy: failed('internal') })[5]).toBe('start');
  expect(shown({ proxy: failed('project_access_denied'), failedProjectId: 'prj_1' })[0]).toBe('error');
  expect(shown({ proxy: failed('project_access_denied'), failedProjectId: 'prj_0' })[0]).toBe('stopped');
});

test('without local keys it is red and says so, whatever else it does', () => {
  const insecure = PROXIES.insecure as ProxyView;
  expect(shown({ proxy: insecure }).slice(1, 4)).toEqual(['insecure', 'bad', 'Running without a key']);
  expect(shown({ proxy: insecure, failing: FAILING }).slice(1, 4)).toEqual(['insecure', 'bad', 'Requests failing']);
});

test('a proxy that stops says what it waits for', () => {
  const stopping = (inFlight: number) => shown({ proxy: { status: 'stopping', inFlight } });
  expect(stopping(2)).toEqual([
    'stopping',
    'busy',
    'warning',
    'Proxy stopping…',
    '2 requests are still in flight.',
    undefined,
  ]);
  expect(stopping(1)[4]).toBe('1 request is still in flight.');
});
