import { type BudgetState, blockingBudget, budgetsNearLimit } from './budgets.js';
import type { ErrorCode, ErrorInfo } from './errors.js';
import type { ProxyView, SessionView } from './ipc.js';

/** What state the app is in, and why: icon, tooltip, menu, title and notifications all show this. Pure. */

type State = 'running' | 'busy' | 'degraded' | 'refusing' | 'starting' | 'stopping' | 'stopped' | 'error';

/** Why it is so, with what a sentence about it needs. */
export type Cause =
  /** Requests pass, and the last ones failed. */
  | { readonly kind: 'requests_failing'; readonly failing: FailingRequests }
  | { readonly kind: 'budget_used_up' | 'budget_near'; readonly budget: BudgetState }
  | { readonly kind: 'session_ended' }
  | { readonly kind: 'signed_out'; readonly problem: ErrorInfo | undefined }
  | { readonly kind: 'signing_in' }
  | { readonly kind: 'no_project' }
  | { readonly kind: 'offline'; readonly retryAt: number; readonly reason: ErrorInfo | undefined }
  | { readonly kind: 'start_failed'; readonly error: ErrorInfo }
  /** Requests under way are given their time. */
  | { readonly kind: 'draining'; readonly requests: number };

export interface AppStatus {
  readonly state: State;
  /** undefined: all is as somebody wanted it. */
  readonly cause: Cause | undefined;
  /** The proxy answers without a local key. */
  readonly insecure: boolean;
}

/** Requests that failed without one between them that passed. */
export interface FailingRequests {
  readonly count: number;
  /** Of the last one: what the client got; undefined: it got no answer. */
  readonly status: number | undefined;
  readonly errorType: string | undefined;
  /** One sentence. */
  readonly reason: string | undefined;
}

export interface Circumstances {
  readonly proxy: ProxyView;
  /** Of a start that failed: the project it was for. */
  readonly failedProjectId: string | undefined;
  readonly session: SessionView;
  /** The session as it was before a sign-in that is under way, else as it is: what requests go by meanwhile. */
  readonly sessionInUse: SessionView;
  readonly budgets: readonly BudgetState[];
  readonly failing: FailingRequests | undefined;
  /** Requests are under way. */
  readonly isBusy: boolean;
}

export function appStatus(circumstances: Circumstances): AppStatus {
  const { proxy } = circumstances;
  const isSigningIn = circumstances.session.status === 'signing_in';
  switch (proxy.status) {
    case 'running':
      return { ...whileRunning(circumstances, proxy.projectId), insecure: proxy.insecure };
    case 'starting':
      return { state: 'starting', cause: undefined, insecure: false };
    case 'stopping':
      return { state: 'stopping', cause: { kind: 'draining', requests: proxy.inFlight }, insecure: false };
    case 'stopped':
    case 'failed': {
      const cause = isSigningIn ? ({ kind: 'signing_in' } as const) : whyStopped(circumstances);
      return { state: stateOfStopped(cause), cause, insecure: false };
    }
  }
}

function whileRunning(
  { session, sessionInUse, budgets, failing, isBusy }: Circumstances,
  projectId: string,
): Pick<AppStatus, 'state' | 'cause'> {
  const refusal = sessionCause(sessionInUse);
  const signingIn = session.status === 'signing_in' ? ({ kind: 'signing_in' } as const) : undefined;
  if (refusal) return { state: 'refusing', cause: signingIn ?? refusal };
  const blocking = blockingBudget(budgets, projectId);
  if (blocking) return { state: 'refusing', cause: { kind: 'budget_used_up', budget: blocking } };
  if (failing) return { state: 'degraded', cause: { kind: 'requests_failing', failing } };
  const [near] = budgetsNearLimit(budgets);
  return {
    state: isBusy ? 'busy' : 'running',
    cause: signingIn ?? (near && { kind: 'budget_near', budget: near }),
  };
}

function whyStopped({ proxy, failedProjectId, sessionInUse }: Circumstances): Cause | undefined {
  const cause = sessionCause(sessionInUse);
  // Nobody asks MeshAgent anything: whether it can be reached shows when the proxy is started.
  if (cause && cause.kind !== 'offline') return cause;
  if (proxy.status !== 'failed' || OF_THE_SESSION.includes(proxy.error.code)) return undefined;
  if (OF_THE_PROJECT.includes(proxy.error.code) && failedProjectId !== sessionInUse.projectId) return undefined;
  return { kind: 'start_failed', error: proxy.error };
}

/** Failures to start for what the session lacked: they are over when it lacks that no more. */
const OF_THE_SESSION: readonly ErrorCode[] = ['no_upstream_token', 'session_expired', 'session_offline', 'no_project'];
/** Failures to start that another project does not have. */
const OF_THE_PROJECT: readonly ErrorCode[] = ['project_access_denied', 'project_unknown'];

/** What of the session keeps every request from passing. */
function sessionCause(session: SessionView): Cause | undefined {
  switch (session.status) {
    case 'expired':
      return { kind: 'session_ended' };
    case 'signed_out':
      return { kind: 'signed_out', problem: session.problem };
    case 'offline':
      return { kind: 'offline', retryAt: session.retryAt, reason: session.reason };
    default:
      return session.projectId === undefined ? { kind: 'no_project' } : undefined;
  }
}

function stateOfStopped(cause: Cause | undefined): State {
  if (!cause) return 'stopped';
  return cause.kind === 'signing_in' ? 'starting' : 'error';
}

/** insecure: red, whatever else the proxy does. */
export type Icon = 'stopped' | 'running' | 'busy' | 'error' | 'insecure';
/** good: it works; warning: it works with a fault, or is on its way; bad: it does not work; off: that is wanted. */
export type StatusTone = 'good' | 'warning' | 'bad' | 'off';

/** Which icon and which colour show a state: there are fewer of them than states. */
const SHOWN: Readonly<Record<State, { readonly icon: Icon; readonly tone: StatusTone }>> = {
  running: { icon: 'running', tone: 'good' },
  busy: { icon: 'busy', tone: 'good' },
  degraded: { icon: 'error', tone: 'warning' },
  refusing: { icon: 'error', tone: 'bad' },
  starting: { icon: 'stopped', tone: 'warning' },
  stopping: { icon: 'busy', tone: 'warning' },
  stopped: { icon: 'stopped', tone: 'off' },
  error: { icon: 'error', tone: 'bad' },
};

export function iconOf({ state, insecure }: AppStatus): Icon {
  return insecure ? 'insecure' : SHOWN[state].icon;
}

export function toneOf({ state, cause, insecure }: AppStatus): StatusTone {
  if (insecure) return 'bad';
  const { tone } = SHOWN[state];
  return tone === 'good' && cause ? 'warning' : tone;
}

/** What mends it; undefined: nothing needs to be done, or nothing can be. */
export type StatusRemedy =
  | 'sign_in'
  | 'cancel_sign_in'
  | 'choose_project'
  | 'lift_budget'
  | 'show_requests'
  | 'open_settings'
  | 'start';

export function remedyOf({ state, cause }: AppStatus): StatusRemedy | undefined {
  switch (cause?.kind) {
    case undefined:
      return state === 'stopped' ? 'start' : undefined;
    case 'session_ended':
    case 'signed_out':
      return 'sign_in';
    case 'signing_in':
      return 'cancel_sign_in';
    case 'no_project':
      return 'choose_project';
    case 'budget_used_up':
      return 'lift_budget';
    case 'requests_failing':
      return 'show_requests';
    case 'start_failed':
      return OF_THE_SETTINGS.includes(cause.error.code) ? 'open_settings' : 'start';
    case 'offline':
    case 'budget_near':
    case 'draining':
      return undefined;
  }
}

/** Failures to start that another setting mends. */
const OF_THE_SETTINGS: readonly ErrorCode[] = [
  'port_in_use',
  'port_in_use_by_meshbar',
  'listen_failed',
  'insecure_exposure',
  'invalid_option',
];
