import type { AppState, RequestName, View } from '../../shared/ipc.js';

/** When a failure that was shown is over, besides when the same is asked again. Pure. */

type IsOver = (now: AppState, before: AppState) => boolean;

const isOtherSession: IsOver = ({ session: now }, { session: before }) =>
  now.status !== before.status || now.projectId !== before.projectId;

const SIGNED_IN_AGAIN: readonly AppState['session']['status'][] = ['signing_in', 'signed_in', 'environment'];

/** What each of these was to bring about has come about, by whatever way. */
const OVER: Partial<Record<RequestName, IsOver>> = {
  'proxy:start': ({ proxy }) => proxy.status !== 'failed',
  // After one that failed, the session is what it was before: that ends nothing.
  'session:sign-in': ({ session: now }, { session: before }) =>
    now.status !== before.status && before.status !== 'signing_in' && SIGNED_IN_AGAIN.includes(now.status),
  'session:use-project': isOtherSession,
  'demo:leave': ({ demo }) => !demo,
  'env:copy': isOtherSession,
};

export function isFailureOver(of: RequestName, now: AppState, before: AppState): boolean {
  return OVER[of]?.(now, before) ?? false;
}

/** Views that show the app's status: why a start failed is there already, with what to do about it. */
const SHOW_STATUS: readonly View[] = ['usage', 'connect'];

export function isShownByView(of: RequestName, view: View): boolean {
  return of === 'proxy:start' && SHOW_STATUS.includes(view);
}
