import type { ProxyState } from '../core/core-api.js';
import type { ProxyView } from '../shared/ipc.js';
import type { SessionState } from '../shared/session.js';
import { inAppWords } from './app-words.js';

/** What windows are told of the proxy: everything but the local key. */
export function proxyView(state: ProxyState): ProxyView {
  if (state.status === 'failed') return { status: 'failed', error: inAppWords(state.error) };
  if (state.status !== 'running') return state;
  const { localKey: _secret, ...shown } = state.proxy;
  return { status: 'running', ...shown };
}

export function sessionView(state: SessionState): SessionState {
  return 'problem' in state && state.problem ? { ...state, problem: inAppWords(state.problem) } : state;
}
