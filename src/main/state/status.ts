import { type AppStatus, appStatus } from '../../shared/app-status.js';
import type { AppEngine } from '../engine/app-engine.js';
import { createRequestHealth } from './request-health.js';
import { proxyView, sessionView } from './views.js';

/** Follows what the state is derived from. */
export interface StatusSource {
  /** As of now; `isBusy`: requests are under way. */
  status(isBusy: boolean): AppStatus;
}

/** `onChange` is called when requests begin to fail, or no longer do; all else the engine tells. */
export function createStatusSource(engine: AppEngine, onChange: () => void): StatusSource {
  const health = createRequestHealth(onChange);
  let sessionInUse = engine.current.session.state;
  let failedProjectId: string | undefined;
  let scope = scopeNow();

  /** What requests that fail have in common: in another one, the next request may well pass. */
  function scopeNow(): string {
    const { state } = engine.current;
    const { status, projectId } = sessionInUse;
    const user = 'user' in sessionInUse ? sessionInUse.user.id : undefined;
    const startedAt = state.status === 'running' ? state.proxy.startedAt : undefined;
    return JSON.stringify([engine.isDemo, startedAt, status, user, projectId]);
  }

  engine.onChange(() => {
    const { state, session } = engine.current;
    if (session.state.status !== 'signing_in') sessionInUse = session.state;
    if (state.status !== 'failed') failedProjectId = undefined;
    else failedProjectId ??= sessionInUse.projectId;
    const next = scopeNow();
    if (next !== scope) health.reset();
    scope = next;
  });
  engine.onAppended(health.onEnded);

  return {
    status: (isBusy) =>
      appStatus({
        proxy: proxyView(engine.current.state, engine.isDemo),
        failedProjectId,
        session: sessionView(engine.current.session.state),
        sessionInUse: sessionView(sessionInUse),
        budgets: engine.current.budgets.states,
        failing: health.failing,
        isBusy,
      }),
  };
}
