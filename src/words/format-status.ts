import type { AppStatus, Cause, FailingRequests } from '../shared/app-status.js';
import type { ErrorInfo } from '../shared/errors.js';
import { stopText, usedText } from './format-budget.js';
import { t } from './index.js';

/** What state the app is in, as people read it: the same in windows, menu, tooltip and notifications. */

/** Two or three words. */
export function statusTitle({ state, cause, insecure }: AppStatus): string {
  switch (state) {
    case 'running':
    case 'busy':
      return t(insecure ? 'app.status.insecure' : 'app.status.running');
    case 'degraded':
      return t('app.status.degraded');
    case 'stopping':
      return t('app.status.stopping');
    default:
      return t(
        cause ? `app.status.${titledBy(cause)}` : state === 'starting' ? 'app.status.starting' : 'app.status.stopped',
      );
  }
}

/** Causes that are the title; the others stand below a title of their state's. */
type Titled = Exclude<Cause['kind'], 'requests_failing' | 'budget_near' | 'draining'>;

function titledBy({ kind }: Cause): Titled {
  return kind as Titled;
}

/** Why, in a sentence or two; undefined: all is as somebody wanted it. `nameOf` gives a project's name. */
export function statusReason({ state, cause }: AppStatus, nameOf?: (id: string) => string): string | undefined {
  const isRefusing = state === 'refusing';
  switch (cause?.kind) {
    case undefined:
      return undefined;
    case 'requests_failing':
      return failingText(cause.failing);
    case 'budget_used_up':
      return stopText(cause.budget, nameOf);
    case 'budget_near':
      return usedText(cause.budget, nameOf);
    case 'session_ended':
      return t(isRefusing ? 'app.status.why.session_ended.running' : 'app.status.why.session_ended');
    case 'signed_out':
      return cause.problem
        ? sentences(cause.problem)
        : t(isRefusing ? 'app.status.why.signed_out.running' : 'app.status.why.signed_out');
    case 'signing_in':
      return t('app.status.why.signing_in');
    case 'no_project':
      return t('app.status.why.no_project');
    case 'offline':
      return cause.reason ? sentences(cause.reason) : t('app.status.why.offline');
    case 'start_failed':
      return sentences(cause.error);
    case 'draining':
      return t('app.status.why.draining', { count: cause.requests });
  }
}

function failingText({ count, status, reason }: FailingRequests): string {
  if (reason !== undefined) return t('app.status.why.failing', { count, why: reason });
  if (status === undefined) return t('app.status.why.failing.noAnswer', { count });
  return t('app.status.why.failing.status', { count, status: String(status) });
}

function sentences({ message, hint }: ErrorInfo): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
