import type { ProxyState } from '../../engine/types.js';
import type { ProxyView } from '../../shared/ipc.js';
import type { SessionState } from '../../shared/session.js';
import { inAppWords } from '../notices/app-words.js';

/** What windows are told of the proxy: everything but the local key, in words that name no option of a command. */
export function proxyView(state: ProxyState, isDemo: boolean): ProxyView {
  if (state.status === 'failed') return { status: 'failed', error: inAppWords(state.error) };
  if (state.status !== 'running') return state;
  const { localKey: _secret, ...shown } = state.proxy;
  const localKeySource = shown.insecure ? 'none: local keys are off' : isDemo ? 'the demo' : shown.localKeySource;
  const upstreamTokenSource = isDemo ? 'the simulator' : shown.upstreamTokenSource;
  return { status: 'running', ...shown, localKeySource, upstreamTokenSource };
}

export function sessionView(state: SessionState): SessionState {
  return 'problem' in state && state.problem ? { ...state, problem: inAppWords(state.problem) } : state;
}
